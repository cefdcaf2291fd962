package dev.resilient.cli;

import dev.resilient.cli.target.Target;
import dev.resilient.cli.terminal.Page;
import java.net.URI;
import java.util.Locale;

/** Tells, before anything happens, where it will. */
final class Opening {
    private Opening() {}

    static void tell(Page page, Target target) {
        String place = target.endpoint()
                .map(URI::toString)
                .map(address -> "A local cloud in " + target.region() + " at " + address)
                .orElse("AWS in " + target.region());
        page.paragraph(page.style().bold("resilient") + "  ", 11, place);
        if (target.pace() > 1) {
            page.paragraph(
                    0,
                    page.style()
                            .faint(String.format(
                                    Locale.ROOT,
                                    "What only waits on AWS goes %s times as fast here; real work takes its real time.",
                                    factor(target.pace()))));
        }
        target.realism().ifPresent(seed -> page.paragraph(0, page.style().faint(ofBadDay(seed))));
    }

    /** What to expect of a cloud that has bad days, and how to have the same again. */
    static String ofBadDay(long seed) {
        return "Its control plane has one of AWS's bad days; to have the same one again: --realism=" + seed;
    }

    private static String factor(double pace) {
        return pace == Math.rint(pace) ? Long.toString(Math.round(pace)) : Double.toString(pace);
    }
}
