package dev.resilient.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that pages are made of, out of the program's own jars, so that no page needs anything from elsewhere. */
public final class PageResource {
    /** Chart.js, MIT licence, from its WebJar. */
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    private PageResource() {}

    /** The file of this name beside a class. */
    public static String of(Class<?> beside, String name) {
        try (InputStream file = beside.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program's jar lacks " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name, unreadable);
        }
    }

    /** The library that draws charts, as a script which defines {@code Chart}. */
    public static String chartLibrary() {
        return of(PageResource.class, CHARTS);
    }

    /** The colours, as custom properties of a style sheet. */
    public static String palette() {
        return of(PageResource.class, "palette.css");
    }
}
