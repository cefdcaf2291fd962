package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.AlarmEnded;
import dev.resilient.scenario.event.ScenarioEvent.AlarmRaised;
import dev.resilient.scenario.resource.Replacement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever looks is told that no guard runs, and since when. */
class LookoutTest {
    private final List<ScenarioEvent> events = new ArrayList<>();
    private String replacedBy = "heartbeat";
    private Optional<Instant> heldUntil = Optional.empty();
    private boolean refusing;
    private FakeAws aws;
    private Environment environment;
    private Lookout lookout;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws(this::answer);
        environment = new FakeEnvironment(aws, 80, Path.of("server.jar"), events).make();
        lookout = new Lookout(environment);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Reply answer(String operation, String body) {
        assertThat(body).contains("shop-");
        return switch (operation) {
            case "DescribeAutoScalingGroups" -> new Reply(200, """
                <R><DescribeAutoScalingGroupsResult><AutoScalingGroups><member><Tags><member>
                  <Key>resilient:replaced-by</Key><Value>%s</Value>
                </member></Tags></member></AutoScalingGroups></DescribeAutoScalingGroupsResult></R>\
                """.formatted(replacedBy));
            case "GetItem" -> refusing ? denied() : new Reply(200, lease());
            default -> throw new AssertionError(operation);
        };
    }

    private String lease() {
        return heldUntil
                .map(until -> "{\"Item\": {\"Holder\": {\"S\": \"guard-7\"}, \"HeldUntil\": {\"N\": \"%d\"}}}"
                        .formatted(until.toEpochMilli()))
                .orElse("{}");
    }

    private static Reply denied() {
        return new Reply(400, "{\"__type\": \"com.amazon.coral.service#AccessDeniedException\", \"Message\": \"no\"}");
    }

    private Instant now() {
        return environment.waiting().time().instant();
    }

    @Test
    void it_is_told_once_that_none_runs_since_when_and_which_was_the_last_and_once_that_one_does_again() {
        Instant until = now().minusSeconds(20);
        heldUntil = Optional.of(until);
        lookout.look();
        lookout.look();
        assertThat(events)
                .containsExactly(new AlarmRaised("no guard has had the lease since " + until
                        + ", so that nobody is replaced; the last was guard-7"));

        heldUntil = Optional.of(now().plusSeconds(20));
        lookout.look();
        lookout.look();
        assertThat(events).hasSize(2).last().isInstanceOf(AlarmEnded.class);
    }

    @Test
    void a_guard_that_has_never_come_is_missed_too() {
        lookout.look();
        assertThat(events)
                .containsExactly(new AlarmRaised("no guard has had the lease yet, so that nobody is replaced"));
    }

    @Test
    void nobody_misses_a_guard_where_none_is_wanted() {
        for (String other : List.of("manual", "elb", "")) {
            replacedBy = other;
            lookout.look();
        }
        assertThat(events).isEmpty();
        assertThat(Guarding.of(environment).replacement()).isEqualTo(Replacement.MANUAL);
    }

    @Test
    void a_lease_that_cannot_be_seen_is_an_alarm() {
        refusing = true;
        lookout.look();
        assertThat(events).hasSize(1).first().isInstanceOfSatisfying(AlarmRaised.class, alarm -> assertThat(
                        alarm.what())
                .startsWith("nobody can see whether a guard has the lease: "));
    }
}
