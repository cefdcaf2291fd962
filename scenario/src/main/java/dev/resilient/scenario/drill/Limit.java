package dev.resilient.scenario.drill;

import dev.resilient.scenario.drill.report.FiguresReport;
import dev.resilient.scenario.phase.Verdict;
import java.util.function.Function;

/**
 * What users may experience at most, judged when a drill is over.
 *
 * @param text the claim
 * @param check judges the figures; pure
 */
record Limit(String text, Function<FiguresReport, Verdict> check) {

    /** No request fails. */
    static Limit noErrors() {
        return new Limit(
                "Not one request fails",
                figures -> new Verdict(
                        figures.errors() == 0 ? Verdict.Outcome.HELD : Verdict.Outcome.BROKEN,
                        "%d of %d requests failed".formatted(figures.errors(), figures.requests())));
    }

    /** Neither fails a request, nor gets any the static answer. */
    static Limit unnoticed() {
        return new Limit(
                "Users notice nothing: every request gets a recommendation",
                figures -> new Verdict(
                        figures.errors() + figures.degraded() == 0 ? Verdict.Outcome.HELD : Verdict.Outcome.BROKEN,
                        "%d failed and %d degraded of %d requests"
                                .formatted(figures.errors(), figures.degraded(), figures.requests())));
    }

    /** Requests fail no longer than it takes to take the struck target out of rotation. */
    static Limit errorsEndWithDetection(long graceMillis) {
        return new Limit("No request fails once the load balancer has taken the instance out of rotation", figures -> {
            Long detected = figures.detectMillis();
            boolean held =
                    figures.errors() == 0 || (detected != null && figures.recoverMillis() <= detected + graceMillis);
            return new Verdict(
                    held ? Verdict.Outcome.HELD : Verdict.Outcome.BROKEN,
                    "%d failed, the last %.1f s after the fault; noticed %s"
                            .formatted(
                                    figures.errors(),
                                    figures.recoverMillis() / 1000.0,
                                    detected == null ? "by nobody" : "after %.1f s".formatted(detected / 1000.0)));
        });
    }

    /** No more than this share of the requests gets less than a recommendation. */
    static Limit degraded(double share) {
        return new Limit(
                "At least %.0f of 100 requests get a recommendation".formatted(100 * (1 - share)),
                figures -> new Verdict(
                        figures.errors() + figures.degraded() <= share * figures.requests()
                                ? Verdict.Outcome.HELD
                                : Verdict.Outcome.BROKEN,
                        "%d of %d did not".formatted(figures.errors() + figures.degraded(), figures.requests())));
    }

    /** 99 of 100 users wait no longer than this. */
    static Limit p99(long millis) {
        return new Limit(
                "99 of 100 requests are answered within %.1f s".formatted(millis / 1000.0),
                figures -> new Verdict(
                        figures.p99Millis() <= millis ? Verdict.Outcome.HELD : Verdict.Outcome.BROKEN,
                        "within %.0f ms".formatted(figures.p99Millis())));
    }
}
