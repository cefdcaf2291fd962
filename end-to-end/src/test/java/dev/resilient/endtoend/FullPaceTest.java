package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole run with AWS's own waiting times; part of {@code ./verify --full}. */
@Tag("full")
class FullPaceTest {
    private static final int LIMIT_MINUTES = 15;

    @TempDir
    private Path home;

    @Test
    @Timeout(value = LIMIT_MINUTES + 1, unit = TimeUnit.MINUTES)
    void every_claim_holds_at_the_pace_of_aws() throws Exception {
        Product product = new Product(home);

        Process process = product.start(
                "run",
                "--auto",
                "--pace",
                "1",
                "--report",
                home.resolve("report").toString());

        assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                .as(product.output())
                .isTrue();
        assertThat(process.exitValue()).as(product.output()).isZero();
        assertThat(product.report(home.resolve("report")).path("held").booleanValue())
                .isTrue();
    }
}
