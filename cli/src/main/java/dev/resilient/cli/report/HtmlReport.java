package dev.resilient.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cli.page.PageResource;
import dev.resilient.scenario.drill.report.DrillsReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of drills as one HTML file that loads nothing: style, charts and data are within it, and its Content Security Policy
 * allows no more. The data are in it as JSON, from which its script draws; no text of theirs is ever read as markup.
 */
public final class HtmlReport {
    /** The file in the folder that reports are written to. */
    public static final String FILE_NAME = "report.html";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private HtmlReport() {}

    /** Writes {@link #FILE_NAME} into {@code folder}, which is made if it is not there. */
    public static Path write(DrillsReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(FILE_NAME), of(report), StandardCharsets.UTF_8);
    }

    /** The whole file. */
    static String of(DrillsReport report) {
        Map<String, String> parts = Map.of(
                "style", PageResource.palette() + PageResource.of(HtmlReport.class, "report.css"),
                "charts", PageResource.chartLibrary(),
                "script", PageResource.of(HtmlReport.class, "report.js"),
                "data", inline(report));
        return PLACE.matcher(PageResource.of(HtmlReport.class, "report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    /** JSON in which no text can end the element that it stands in, nor begin another one. */
    private static String inline(DrillsReport report) {
        try {
            return JSON.writeValueAsString(report).replace("<", "\\u003c");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report is made of text and numbers", impossible);
        }
    }
}
