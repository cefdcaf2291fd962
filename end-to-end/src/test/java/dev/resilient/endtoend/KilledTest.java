package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real process is killed in the middle of an act and can do nothing any more: the next one deploys or destroys all the same. What
 * {@link dev.resilient.endtoend.account.MishapsTest} tries at every call is true of whole processes.
 */
class KilledTest {
    @TempDir
    private Path home;

    /** A test that failed in the middle must not leave its cloud running. */
    @AfterEach
    void endTheCloud() {
        new Product(home).run("cloud", "stop", "--delete");
    }

    @Tag("full")
    @Test
    void what_a_killed_deploy_has_made_the_next_one_takes_up_and_destroy_removes() throws Exception {
        killAt("deploy", "Auto Scaling group");
        succeed("deploy");
        destroy();
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({
        "deploy, DynamoDB table",
        "deploy, S3 bucket",
        "deploy, launch template",
        "deploy, Target",
        "demo --auto, this-is-not-a-table",
        "demo --auto, has the profile",
        "demo --auto, terminating through",
        "destroy, load balancer",
        "destroy, Auto Scaling group",
        "destroy, S3 bucket"
    })
    void wherever_a_process_is_killed_the_next_one_destroys_and_deploys(String act, String seen) throws Exception {
        for (String next : new String[] {"destroy", "deploy"}) {
            if (!act.equals("deploy")) {
                succeed("deploy");
            }
            killAt(act, seen);
            succeed(next);
            destroy();
        }
    }

    private void killAt(String act, String seen) throws Exception {
        Product product = new Product(home);
        Process process = product.start(act.split(" "));
        await(seen)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> product.output().contains(seen));
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("it was killed, and did not end by itself")
                .isEqualTo(128 + 9);
    }

    private void succeed(String act) {
        Product.Outcome outcome = new Product(home).run(act);
        assertThat(outcome.status()).as(outcome.output() + outcome.errors()).isZero();
    }

    private void destroy() {
        succeed("destroy");
        assertThat(new Product(home).data()).isEmptyDirectory();
    }
}
