package dev.resilient.cloud.realism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.base.PageLimit;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Caller;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class BadDayTest {
    private static final AwsRequest ALL =
            DescribeInstancesRequest.builder().maxResults(100).build();

    private static final Caller CALLER = new Caller("123456789012", "arn:aws:iam::123456789012:user/me", "AIDA");

    private final ManualTime time = new ManualTime();
    private final Pace pace = new Pace(10);
    private final Day day = Day.bad(1, pace, time);
    private final ResourceMap<String> resources =
            ResourceStore.inMemory(day.hindsight()).map("kind");

    @BeforeEach
    void begin() {
        time.advance(Duration.ofMinutes(1));
        day.begin();
        time.advance(Duration.ofMinutes(1));
    }

    /** What calls give that are not refused. */
    private <T> List<T> answers(String action, AwsRequest request, int calls, Supplier<T> call) {
        List<T> answers = new ArrayList<>();
        for (int count = 0; count < calls; count++) {
            try {
                answers.add(day.calls().around(action, request, CALLER, call));
            } catch (ServiceError refused) {
                assertThat(refused.status()).isIn(400, 500, 503);
            }
        }
        return answers;
    }

    @ParameterizedTest
    @CsvSource({
        "ec2:RunInstances, 503 RequestLimitExceeded, 500 InternalError, 503 Unavailable",
        "iam:CreateRole, 400 Throttling, 500 InternalFailure, 503 ServiceUnavailable",
        "autoscaling:CreateAutoScalingGroup, 400 Throttling, 500 InternalFailure, 503 ServiceUnavailable",
        "ssm:GetParameter, 400 ThrottlingException, 500 InternalServerError, 503 ServiceUnavailable",
        "s3:GetObject, 503 SlowDown, 500 InternalError, 503 ServiceUnavailable",
        "dynamodb:GetItem, 400 ProvisionedThroughputExceededException, 500 InternalServerError, 503 ServiceUnavailable",
        "dynamodb:DescribeTable, 400 ThrottlingException, 500 InternalServerError, 503 ServiceUnavailable"
    })
    void every_service_refuses_in_its_own_words_and_then_has_done_nothing(
            String action, String throttled, String broken, String unavailable) {
        AtomicInteger done = new AtomicInteger();
        Set<String> refusals = new TreeSet<>();
        int refused = 0;
        for (int call = 0; call < 2000; call++) {
            try {
                day.calls().around(action, ALL, CALLER, done::incrementAndGet);
            } catch (ServiceError error) {
                refused++;
                refusals.add(error.status() + " " + error.code());
                assertThat(error.getMessage()).isNotBlank();
            }
        }
        assertThat(refusals).containsExactlyInAnyOrder(throttled, broken, unavailable);
        assertThat(done.get()).isEqualTo(2000 - refused);
    }

    @Test
    void what_is_described_is_up_to_three_seconds_old() {
        resources.create("a", "old");
        time.advance(pace.of(Duration.ofSeconds(3)));
        resources.put("a", "new");
        time.advance(pace.of(Duration.ofMillis(1500)));
        assertThat(answers("ec2:DescribeInstances", ALL, 100, () -> resources
                        .find("a")
                        .orElseThrow()))
                .contains("old", "new");
        time.advance(pace.of(Duration.ofMillis(1500)));
        assertThat(answers("ec2:DescribeInstances", ALL, 100, () -> resources
                        .find("a")
                        .orElseThrow()))
                .containsOnly("new");
    }

    @ParameterizedTest
    @CsvSource({
        "ec2:RunInstances",
        "dynamodb:GetItem",
        "s3:ListObjectsV2",
        "ssm:GetParameter",
        "elasticloadbalancing:DescribeTargetHealth"
    })
    void what_changes_something_or_promises_consistency_sees_what_is(String action) {
        resources.put("a", "new");
        assertThat(answers(action, ALL, 100, () -> resources.find("a"))).doesNotContain(Optional.empty());
    }

    @Test
    void pages_are_small_unless_the_request_names_what_it_wants() {
        assertThat(answers("ec2:DescribeInstances", ALL, 1000, () -> PageLimit.of(100)))
                .containsOnly(1, 2, 3, 4, 5)
                .contains(1, 2, 3, 4, 5);
        AwsRequest named =
                DescribeInstancesRequest.builder().instanceIds("i-1", "i-2").build();
        assertThat(answers("ec2:DescribeInstances", named, 1000, () -> PageLimit.of(100)))
                .containsOnly(100);
        assertThat(PageLimit.of(100)).as("outside of a call").isEqualTo(100);
    }

    @Test
    void what_is_let_go_of_lingers_and_is_free_in_the_end() {
        resources.create("user", "uses it");
        time.advance(Duration.ofMinutes(1));
        Supplier<Boolean> inUse = () ->
                day.realism().lingers("thing", () -> resources.find("user").isPresent());
        assertThat(inUse.get()).isTrue();
        resources.remove("user");
        time.advance(pace.of(Duration.ofSeconds(9)));
        assertThat(inUse.get()).as("after 9 s").isTrue();
        time.advance(pace.of(Duration.ofSeconds(31)));
        assertThat(inUse.get()).as("after 40 s").isFalse();
    }

    @Test
    void what_is_taken_into_use_is_in_use_at_once() {
        assertThat(day.realism().lingers("thing", () -> resources.find("user").isPresent()))
                .isFalse();
        resources.create("user", "uses it");
        assertThat(day.realism().lingers("thing", () -> resources.find("user").isPresent()))
                .isTrue();
    }

    @Test
    void a_change_of_IAM_reaches_each_service_once_and_for_all() {
        resources.create("role", "trusted");
        List<String> readers = List.of("ec2", "ssm", "dynamodb", "s3", "iam");
        List<Integer> seenBy = new ArrayList<>();
        for (int second = 0; second <= 8; second++) {
            seenBy.add((int) readers.stream()
                    .filter(reader -> day.realism()
                            .propagated(reader, () -> resources.find("role").isPresent()))
                    .count());
            time.advance(pace.of(Duration.ofSeconds(1)));
        }
        assertThat(seenBy).isSorted().startsWith(0, 0).endsWith(readers.size());
        assertThat(Set.copyOf(seenBy)).as("not all at once").hasSizeGreaterThan(2);
    }

    @Test
    void provisioning_takes_one_to_six_times_as_long() {
        Duration usual = Duration.ofSeconds(10);
        List<Duration> taken = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            taken.add(day.realism().provisioning("table", usual));
        }
        assertThat(taken).allSatisfy(each -> assertThat(each).isBetween(usual, usual.multipliedBy(6)));
        assertThat(Set.copyOf(taken)).hasSizeGreaterThan(90);
    }

    @Test
    void on_a_good_day_everything_goes_through_and_is_as_it_is() {
        assertThat(Day.GOOD.hindsight()).isNull();
        AwsRequest request = RunInstancesRequest.builder().build();
        for (int call = 0; call < 100; call++) {
            assertThat(Day.GOOD.calls().around("ec2:RunInstances", request, CALLER, () -> PageLimit.of(7)))
                    .isEqualTo(7);
        }
        assertThat(Day.GOOD.realism().provisioning("table", Duration.ofSeconds(5)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(Day.GOOD.realism().lingers("thing", () -> false)).isFalse();
        assertThat(Day.GOOD.realism().<String>propagated("ec2", () -> "now")).isEqualTo("now");
    }
}
