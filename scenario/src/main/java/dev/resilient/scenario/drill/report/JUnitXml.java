package dev.resilient.scenario.drill.report;

import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.report.ExpectationReport;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report in the XML by which continuous integration knows tests: a suite for each configuration, a test case for each drill. */
final class JUnitXml {
    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(DrillsReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitXml(xml).write(report);
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a string takes whatever is written", impossible);
        }
        return text + "\n";
    }

    private void write(DrillsReport report) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "drills");
        xml.writeAttribute("time", seconds(report.durationMillis()));
        for (ConfigurationReport configuration : report.configurations()) {
            write(configuration, report.surroundings());
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(ConfigurationReport configuration, SurroundingsReport surroundings) throws XMLStreamException {
        List<DrillReport> drills = configuration.drills();
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", configuration.name());
        xml.writeAttribute("tests", String.valueOf(drills.size()));
        xml.writeAttribute("failures", count(drills, Result.NOT_HELD));
        xml.writeAttribute("errors", count(drills, Result.FAILED));
        xml.writeAttribute("skipped", count(drills, Result.SKIPPED));
        xml.writeAttribute(
                "time",
                seconds(drills.stream().mapToLong(DrillReport::durationMillis).sum()));
        xml.writeAttribute("timestamp", surroundings.startedAt().replace("Z", ""));
        for (DrillReport drill : drills) {
            write(drill, configuration);
        }
        xml.writeEndElement();
    }

    private void write(DrillReport drill, ConfigurationReport configuration) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", drill.id());
        xml.writeAttribute("classname", "drills." + configuration.name());
        xml.writeAttribute("time", seconds(drill.durationMillis()));
        String reason = drill.reason() == null ? "" : drill.reason();
        switch (drill.result()) {
            case HELD -> {}
            case NOT_HELD -> writeOutcome("failure", firstLine(unmet(drill)), unmet(drill));
            case FAILED -> writeOutcome("error", reason, reason);
            case SKIPPED -> writeOutcome("skipped", reason, "");
        }
        if (drill.result() != Result.SKIPPED) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(legal(FiguresText.of(drill)));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void writeOutcome(String element, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", legal(message));
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private static String unmet(DrillReport drill) {
        return drill.expectations().stream()
                .filter(expectation -> !expectation.held())
                .map(JUnitXml::sentence)
                .collect(Collectors.joining("\n"));
    }

    private static String sentence(ExpectationReport expectation) {
        return expectation.text() + ": " + expectation.observed();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** XML has no place for most control characters, however they are written. */
    private static String legal(String text) {
        return text.codePoints()
                .map(point -> isLegal(point) ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLegal(int point) {
        return point == '\t'
                || point == '\n'
                || (point >= ' ' && point < 0xD800)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    private static String count(List<DrillReport> drills, Result result) {
        return String.valueOf(
                drills.stream().filter(drill -> drill.result() == result).count());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }
}
