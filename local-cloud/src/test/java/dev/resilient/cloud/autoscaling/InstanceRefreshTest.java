package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshResponse;

class InstanceRefreshTest {
    private static final String OLD = "1";
    private static final String NEW = "2";

    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    /** A group whose instances have served for an hour; returns their ids. */
    private List<String> settled(int size) {
        region.call(Region.threeOverThreeZones()
                .minSize(size)
                .maxSize(2 * size)
                .launchTemplate(template ->
                        template.launchTemplateName(FakeFleet.TEMPLATE).version(OLD))
                .build());
        region.settle();
        region.advance(Duration.ofHours(1));
        return region.instances().stream().map(Instance::instanceId).toList();
    }

    private String start(Consumer<RefreshPreferences.Builder> preferences) {
        return region.call(request(preferences).build(), StartInstanceRefreshResponse.class)
                .instanceRefreshId();
    }

    private static StartInstanceRefreshRequest.Builder request(Consumer<RefreshPreferences.Builder> preferences) {
        return StartInstanceRefreshRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .desiredConfiguration(configuration -> configuration.launchTemplate(template ->
                        template.launchTemplateName(FakeFleet.TEMPLATE).version(NEW)))
                .preferences(preferences);
    }

    private InstanceRefresh shown() {
        return region.call(
                        DescribeInstanceRefreshesRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        DescribeInstanceRefreshesResponse.class)
                .instanceRefreshes()
                .getFirst();
    }

    /** Lets so many rounds of launches and terminations come to their ends; returns the fewest and the most in service. */
    private int[] rounds(int count) {
        List<Integer> serving = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            for (int pass = 0; pass < 6; pass++) {
                region.pass();
                region.fleet.runAll();
                region.fleet.finishTerminations();
                serving.add((int)
                        region.states().stream().filter("InService"::equals).count());
            }
            region.advance(Duration.ofSeconds(10));
        }
        return new int[] {
            serving.stream().mapToInt(Integer::intValue).min().orElseThrow(),
            serving.stream().mapToInt(Integer::intValue).max().orElseThrow()
        };
    }

    private List<String> versions() {
        return region.instances().stream()
                .map(instance -> instance.launchTemplate().version())
                .toList();
    }

    @Test
    void every_instance_is_replaced_and_the_group_keeps_the_new_template() {
        settled(3);
        String id = start(preferences -> {});

        assertThat(shown().statusAsString()).isEqualTo("Pending");
        int[] serving = rounds(5);
        assertThat(shown().instanceRefreshId()).isEqualTo(id);
        assertThat(shown().statusAsString()).isEqualTo("Successful");
        assertThat(shown().percentageComplete()).isEqualTo(100);
        assertThat(shown().instancesToUpdate()).isZero();
        assertThat(versions()).containsExactly(NEW, NEW, NEW);
        assertThat(region.group().launchTemplate().version()).isEqualTo(NEW);
        assertThat(serving).as("one after the other, terminated first").containsExactly(2, 3);
        assertThat(region.activities())
                .extracting(Activity::cause)
                .anySatisfy(cause -> assertThat(cause)
                        .isEqualTo(
                                "At 2026-01-01T13:00:00Z an instance was launched in response to an instance refresh."))
                .anySatisfy(cause -> assertThat(cause)
                        .matches("At 2026-01-01T13:00:00Z an instance was taken out of service in response to"
                                + " an instance refresh\\.  At 2026-01-01T13:00:00Z instance i-\\d{17} was"
                                + " selected for termination\\."));
    }

    @Test
    void it_launches_before_it_terminates_if_the_bounds_say_so() {
        settled(4);
        start(preferences -> preferences.minHealthyPercentage(100).maxHealthyPercentage(150));

        int[] serving = rounds(6);
        assertThat(shown().statusAsString()).isEqualTo("Successful");
        assertThat(versions()).containsExactly(NEW, NEW, NEW, NEW);
        assertThat(serving[0]).isEqualTo(4);
        assertThat(serving[1]).isBetween(5, 6);
    }

    @Test
    void the_next_ones_wait_until_the_last_ones_have_warmed_up() {
        settled(3);
        start(preferences -> preferences.instanceWarmup(300));

        rounds(20);
        assertThat(versions()).containsExactlyInAnyOrder(OLD, OLD, NEW);
        assertThat(shown().percentageComplete()).as("before it has warmed up").isZero();
        rounds(15);
        assertThat(versions()).containsExactlyInAnyOrder(OLD, NEW, NEW);
        assertThat(shown().percentageComplete()).isEqualTo(33);
        rounds(70);
        assertThat(shown().statusAsString()).isEqualTo("Successful");
    }

    @Test
    void those_that_match_are_skipped_if_that_is_asked_for() {
        settled(3);
        start(preferences -> {});
        rounds(5);
        int launched = region.fleet.orders.size();

        start(preferences -> preferences.skipMatching(true));
        rounds(3);
        assertThat(shown().statusAsString()).isEqualTo("Successful");
        assertThat(region.fleet.orders).hasSize(launched);
        start(preferences -> {});
        rounds(5);
        assertThat(region.fleet.orders).hasSize(launched + 3);
    }

    @Test
    void a_cancelled_refresh_leaves_the_group_as_it_is_then() {
        settled(3);
        start(preferences -> preferences.instanceWarmup(3600));
        rounds(2);
        region.call(cancel());
        rounds(1);

        assertThat(shown().statusAsString()).isEqualTo("Cancelled");
        assertThat(shown().endTime()).isNotNull();
        assertThat(versions()).containsExactlyInAnyOrder(OLD, OLD, NEW);
        assertThat(region.group().launchTemplate().version()).isEqualTo(OLD);
        assertThatThrownBy(() -> region.call(cancel()))
                .hasMessage("No in progress or pending Instance Refresh found for Auto Scaling group web")
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code)
                .isEqualTo("ActiveInstanceRefreshNotFound");
    }

    private static CancelInstanceRefreshRequest cancel() {
        return CancelInstanceRefreshRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .build();
    }

    @Test
    void an_instance_in_standby_is_waited_for_for_an_hour_at_most() {
        String aside = settled(3).getFirst();
        region.call(EnterStandbyRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .instanceIds(aside)
                .shouldDecrementDesiredCapacity(false)
                .build());
        rounds(2);
        start(preferences -> {});
        rounds(5);
        assertThat(versions()).containsExactlyInAnyOrder(OLD, NEW, NEW, NEW);
        assertThat(shown().statusReason())
                .isEqualTo(
                        "Waiting for remaining instances to be available. For example: " + aside + " is in standby.");
        region.advance(Duration.ofHours(1));
        rounds(1);
        assertThat(shown().statusAsString()).isEqualTo("Failed");
        assertThat(region.group().launchTemplate().version()).isEqualTo(OLD);
    }

    @Test
    void what_cannot_be_is_refused() {
        settled(3);
        assertThatThrownBy(() -> start(preferences -> preferences.alarmSpecification(alarms -> alarms.alarms("a"))))
                .hasMessage("The parameter AlarmSpecification is not supported by this cloud");
        assertThatThrownBy(() -> region.call(
                        request(preferences -> {}).strategy("ReplaceRootVolume").build()))
                .hasMessage("The strategy 'ReplaceRootVolume' is not supported by this cloud: instances are replaced");
        assertThatThrownBy(() -> start(preferences -> preferences.autoRollback(true)))
                .hasMessage("The parameter AutoRollback is not supported by this cloud");
        start(preferences -> {});
        assertThatThrownBy(() -> start(preferences -> {}))
                .hasMessage("An Instance Refresh is already in progress and blocks the execution of this Instance"
                        + " Refresh.");
    }
}
