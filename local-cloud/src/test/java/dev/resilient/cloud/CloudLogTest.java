package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resilient.cloud.event.CloudEvent;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

class CloudLogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments(
                        new CloudEvent.InstanceStateChanged(NOW, "i-1", "pending", "running"),
                        Level.INFO,
                        "instance i-1: pending -> running"),
                arguments(
                        new CloudEvent.TargetHealthChanged(NOW, "web", "i-1", 80, "initial", "healthy", ""),
                        Level.INFO,
                        "target i-1:80 of web: initial -> healthy"),
                arguments(
                        new CloudEvent.TargetHealthChanged(
                                NOW, "web", "i-1", 80, "healthy", "unhealthy", "Target.Timeout"),
                        Level.INFO,
                        "target i-1:80 of web: healthy -> unhealthy (Target.Timeout)"),
                arguments(
                        new CloudEvent.ScalingActivityChanged(
                                NOW, "web", "Launching a new EC2 instance", "Somebody wanted it.", "PreInService"),
                        Level.INFO,
                        "group web: PreInService: Launching a new EC2 instance (Somebody wanted it.)"),
                arguments(
                        new CloudEvent.CallAnswered(NOW, "arn:me", "s3:PutObject", 404, "NoSuchBucket"),
                        Level.INFO,
                        "call of s3:PutObject by arn:me: 404 NoSuchBucket"),
                arguments(
                        new CloudEvent.CallAnswered(NOW, "arn:me", "s3:PutObject", 200, ""),
                        Level.DEBUG,
                        "call of s3:PutObject by arn:me: 200"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void every_event_is_a_line_and_only_success_of_a_call_is_no_news(CloudEvent event, Level level, String line) {
        assertThat(CloudLog.level(event)).isEqualTo(level);
        assertThat(CloudLog.line(event)).isEqualTo(line);
    }
}
