package dev.resilient.scenario.drill.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a report: for programs, for pull requests, for continuous integration. */
public final class ReportFiles {
    /** Everything, as JSON. */
    public static final String JSON = "report.json";

    /** A summary in Markdown. */
    public static final String MARKDOWN = "summary.md";

    /** Each drill as a test case, in the XML that JUnit's reports have. */
    public static final String JUNIT = "junit.xml";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFiles() {}

    /** Writes all of them into {@code folder}, which is made if it is not there. */
    public static void write(DrillsReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(JSON), toJson(report), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve(MARKDOWN), MarkdownSummary.of(report), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve(JUNIT), JUnitXml.of(report), StandardCharsets.UTF_8);
    }

    /** Removes those of an earlier run, which must not be taken for this one's. */
    public static void delete(Path folder) throws IOException {
        for (String name : List.of(JSON, MARKDOWN, JUNIT)) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    /** The report as JSON. */
    public static String toJson(DrillsReport report) {
        try {
            return MAPPER.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report is made of text and numbers", impossible);
        }
    }
}
