package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.observe.TargetSeen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose is what: somebody else's is neither used nor removed, and what is made says who made it and when. */
class OwnershipTest {
    @TempDir
    private Path folder;

    @Tag("full")
    @ParameterizedTest
    @EnumSource
    void a_name_that_is_taken_is_refused_before_anything_is_made_and_what_has_it_stays(Stranger stranger)
            throws Exception {
        try (Account account = Account.open(folder, SmallServer.jar(folder));
                AwsClients somebody = account.clients(account.administrator())) {
            String name = stranger.make(somebody);
            Set<String> before = account.contents();

            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(() -> account.process(Scenario::plan))
                    .withMessageContaining("named " + name + " already that is not of this deployment");
            assertThat(account.contents()).isEqualTo(before);

            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(() -> account.process(Scenario::deploy))
                    .withMessageContaining("named " + name + " already that is not of this deployment");
            assertThat(account.process(Scenario::destroy)).isEmpty();
            assertThat(account.contents()).isEqualTo(before);
        }
    }

    @Test
    @SuppressWarnings("resource") // it is closed with its account
    void two_deployments_in_one_account_and_region_do_not_touch_each_other() throws Exception {
        try (Account account = Account.open(folder, SmallServer.jar(folder))) {
            account.process(Scenario::deploy);
            Set<String> alone = account.contents();
            // Its name begins as the other's names do.
            Account neighbour = account.neighbour("resilient-two");

            neighbour.process(Scenario::deploy);
            assertThat(account.contents()).hasSizeGreaterThan(alone.size());
            assertThat(neighbour.process(Scenario::destroy)).isEmpty();
            assertThat(account.contents()).isEqualTo(alone);

            neighbour.process(Scenario::deploy);
            assertThat(account.process(Scenario::destroy)).isEmpty();
            assertThat(neighbour.process(Scenario::status).targets()).hasSize(3).allMatch(TargetSeen::isHealthy);
            assertThat(neighbour.process(Scenario::destroy)).isEmpty();
            assertThat(account.contents()).isEmpty();
        }
    }

    @Test
    void everything_says_of_which_deployment_it_is_and_who_made_it_and_when() throws Exception {
        try (Account account = Account.open(folder, SmallServer.jar(folder));
                AwsClients anybody = account.clients(account.administrator())) {
            account.process(Scenario::deploy);

            Map<String, Map<String, String>> all = new TreeMap<>(Tags.of(anybody));

            assertThat(all).hasSizeGreaterThanOrEqualTo(Tags.FEWEST).allSatisfy((thing, tags) -> {
                assertThat(tags).as(thing).containsEntry("resilient:deployment", "resilient");
                assertThat(tags)
                        .as(thing)
                        .containsEntry("resilient:owner", anybody.account().caller());
                assertThat(tags).as(thing).containsKey("resilient:created");
                assertThat(Instant.parse(tags.get("resilient:created"))).isBefore(Instant.now());
            });
            account.process(Scenario::destroy);
        }
    }
}
