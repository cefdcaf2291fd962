package dev.resilient.cli.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The files of the page, out of the program's own jars. */
final class PageFiles {
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** Every file there is, so that no path leads anywhere else. */
    private static final Map<String, String> TYPES = Map.of(
            "page.css", "text/css; charset=utf-8",
            "page.js", SCRIPT,
            "picture.js", SCRIPT,
            "charts.js", SCRIPT,
            "acts.js", SCRIPT,
            "text.js", SCRIPT,
            "chart.umd.js", SCRIPT,
            "icon.svg", "image/svg+xml");

    private PageFiles() {}

    /** A file and its media type. */
    record PageFile(String type, byte[] content) {}

    /** The file of this name; empty if there is none. */
    static Optional<PageFile> named(String name) {
        return Optional.ofNullable(TYPES.get(name))
                .map(type -> new PageFile(type, read(name.equals("chart.umd.js") ? CHARTS : name)));
    }

    /** The page itself, with the token for its acts. */
    static String page(String token) {
        return new String(read("page.html"), StandardCharsets.UTF_8).replace("{token}", token);
    }

    private static byte[] read(String resource) {
        try (InputStream file = PageFiles.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the program's jar lacks " + resource);
            }
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + resource, unreadable);
        }
    }
}
