package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole run on one of AWS's bad days, a new one each time; the seed that brings the same day again is printed. */
class RealismTest {
    private static final int SEEDS = 1_000_000;

    @TempDir
    private Path home;

    @Test
    void every_claim_holds_on_a_bad_day() {
        everyClaimHolds("20");
    }

    @RepeatedTest(10)
    @Tag("full")
    void every_claim_holds_on_any_bad_day() {
        everyClaimHolds("10");
    }

    private void everyClaimHolds(String pace) {
        int seed = new SecureRandom().nextInt(SEEDS);
        System.out.println("resilient run --auto --pace=" + pace + " --realism=" + seed);
        Product product = new Product(home);

        Product.Outcome outcome = product.run(
                "run",
                "--auto",
                "--pace=" + pace,
                "--realism=" + seed,
                "--report",
                home.resolve("report").toString());

        assertThat(outcome.status())
                .as("seed %d:%n%s%n%s", seed, outcome.output(), outcome.errors())
                .isZero();
        assertThat(outcome.output()).contains("--realism=" + seed);
        JsonNode report = product.report(home.resolve("report"));
        assertThat(report.path("held").booleanValue()).isTrue();
        assertThat(report.path("leftovers")).isEmpty();
        assertThat(product.data()).isEmptyDirectory();
    }
}
