package dev.resilient.cli.dashboard;

import dev.resilient.cli.page.PageResource;
import java.util.Map;
import java.util.Optional;

/** The files of the page, out of the program's own jars. */
final class PageFiles {
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final String STYLE = "text/css; charset=utf-8";

    /** Every file there is, so that no path leads anywhere else. */
    private static final Map<String, String> TYPES = Map.of(
            "palette.css", STYLE,
            "page.css", STYLE,
            "page.js", SCRIPT,
            "picture.js", SCRIPT,
            "charts.js", SCRIPT,
            "acts.js", SCRIPT,
            "text.js", SCRIPT,
            "chart.umd.js", SCRIPT,
            "icon.svg", "image/svg+xml");

    private PageFiles() {}

    /** A file and its media type. */
    record PageFile(String type, String content) {}

    /** The file of this name; empty if there is none. */
    static Optional<PageFile> named(String name) {
        return Optional.ofNullable(TYPES.get(name)).map(type -> new PageFile(type, text(name)));
    }

    /** The page itself, with the token for its acts. */
    static String page(String token) {
        return PageResource.of(PageFiles.class, "page.html").replace("{token}", token);
    }

    private static String text(String name) {
        return switch (name) {
            case "chart.umd.js" -> PageResource.chartLibrary();
            case "palette.css" -> PageResource.palette();
            default -> PageResource.of(PageFiles.class, name);
        };
    }
}
