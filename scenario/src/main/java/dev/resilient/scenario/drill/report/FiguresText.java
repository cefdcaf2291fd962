package dev.resilient.scenario.drill.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of a drill in one line. */
public final class FiguresText {
    private FiguresText() {}

    /** All that is worth a word. */
    public static String of(DrillReport drill) {
        FiguresReport figures = drill.figures();
        List<String> parts = new ArrayList<>();
        parts.add(percent(figures.availability()) + " served");
        if (figures.errors() > 0) {
            parts.add(figures.errors() + " errors over " + seconds(figures.errorsMillis()));
        }
        if (figures.degraded() > 0) {
            parts.add(figures.degraded() + " degraded");
        }
        parts.add(String.format(Locale.ROOT, "p99 %.0f ms", figures.p99Millis()));
        Long detected = figures.detectMillis();
        if (detected != null) {
            parts.add("noticed after " + seconds(detected));
        }
        Long steady = figures.steadyMillis();
        if (steady != null) {
            parts.add("steady " + seconds(steady) + " after the undo");
        }
        return String.join(", ", parts);
    }

    /** A share as a percentage, rounded down, so that 100 % means all. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 10_000) / 100);
    }

    /** Milliseconds as seconds. */
    public static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /** Milliseconds as seconds; a dash for what never was. */
    public static String orNone(@Nullable Long millis) {
        return millis == null ? "-" : seconds(millis);
    }
}
