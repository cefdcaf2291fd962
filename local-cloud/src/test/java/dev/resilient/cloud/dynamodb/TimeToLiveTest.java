package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** Items that end by themselves. */
class TimeToLiveTest {
    private final TestTables db = new TestTables();

    @BeforeEach
    void create() {
        db.create("sessions", "id:S");
    }

    @Test
    void items_end_at_the_second_that_they_name() {
        update("until", true);
        assertThat(status()).isEqualTo(TimeToLiveStatus.ENABLING);
        db.time.advance(Duration.ofSeconds(10));
        assertThat(status()).isEqualTo(TimeToLiveStatus.ENABLED);
        long now = db.time.instant().getEpochSecond();
        put("soon", now + 60);
        put("later", now + 120);
        put("ancient", now - Duration.ofDays(6 * 365).toSeconds());
        db.put("sessions", Map.of("id", s("never")));
        db.put("sessions", Map.of("id", s("text"), "until", s("" + (now + 60))));
        assertThat(count()).isEqualTo(5);
        db.time.advance(Duration.ofSeconds(60));
        assertThat(db.get("sessions", Map.of("id", s("soon")))).isEmpty();
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void an_item_that_is_given_more_time_stays_and_one_that_was_there_before_ends() {
        long now = db.time.instant().getEpochSecond();
        put("old", now + 30);
        put("renewed", now + 30);
        update("until", true);
        db.time.advance(Duration.ofSeconds(20));
        put("renewed", now + 100);
        db.time.advance(Duration.ofSeconds(20));
        assertThat(count()).isEqualTo(1);
        assertThat(db.get("sessions", Map.of("id", s("renewed")))).isNotEmpty();
    }

    @Test
    void after_it_is_switched_off_nothing_ends() {
        update("until", true);
        assertThatThrownBy(() -> update("until", false))
                .hasMessage("Time to live has been modified multiple times within a fixed interval");
        db.time.advance(Duration.ofSeconds(10));
        assertThatThrownBy(() -> update("until", true)).hasMessage("TimeToLive is already enabled");
        assertThatThrownBy(() -> update("other", false)).hasMessageContaining("different AttributeName");
        put("kept", db.time.instant().getEpochSecond() + 30);
        update("until", false);
        assertThat(status()).isEqualTo(TimeToLiveStatus.DISABLING);
        db.time.advance(Duration.ofSeconds(60));
        assertThat(status()).isEqualTo(TimeToLiveStatus.DISABLED);
        assertThat(count()).isEqualTo(1);
    }

    private void put(String id, long until) {
        db.put("sessions", Map.of("id", s(id), "until", n(until)));
    }

    private void update(String attribute, boolean enabled) {
        db.call(UpdateTimeToLiveRequest.builder()
                .tableName("sessions")
                .timeToLiveSpecification(
                        specification -> specification.attributeName(attribute).enabled(enabled))
                .build());
    }

    private TimeToLiveStatus status() {
        DescribeTimeToLiveResponse response = db.call(
                DescribeTimeToLiveRequest.builder().tableName("sessions").build());
        return response.timeToLiveDescription().timeToLiveStatus();
    }

    private int count() {
        ScanResponse scan = db.call(ScanRequest.builder().tableName("sessions").build());
        return scan.count();
    }
}
