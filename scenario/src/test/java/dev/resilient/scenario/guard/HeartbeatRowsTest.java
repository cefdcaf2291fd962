package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What instances wrote, as it is read: from this version of the server, from others, and from nobody. */
class HeartbeatRowsTest {
    private static final String LEASE = """
        {"InstanceId": {"S": "guard-lease"}, "Holder": {"S": "guard-7"}, "Term": {"N": "3"}}""";

    private FakeAws aws;
    private HeartbeatRows rows;
    private String items = LEASE;
    private boolean tableGone;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws(this::answer);
        rows = new HeartbeatRows(new FakeEnvironment(aws, 80, Path.of("server.jar"), new ArrayList<>()).make());
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Reply answer(String operation, String body) {
        assertThat(operation).isEqualTo("Scan");
        assertThat(body).contains("shop-heartbeats");
        return tableGone
                ? new Reply(
                        400,
                        "{\"__type\": \"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                                + " \"message\": \"Requested resource not found\"}")
                : new Reply(200, "{\"Items\": [" + items + "]}");
    }

    @Test
    void a_row_tells_the_servers_own_view() {
        items = LEASE + """
            , {"InstanceId": {"S": "i-1"}, "Zone": {"S": "us-west-2a"}, "Beat": {"N": "17"}, "Working": {"BOOL": false},
               "Circuit": {"S": "half_open"}, "LastGoodMillisAgo": {"N": "4200"}, "ParametersReadMillisAgo": {"N": "300"},
               "Version": {"S": "0.1.0"}, "WrittenAt": {"S": "2026-11-27T10:00:00.123Z"}}""";

        assertThat(rows.read())
                .containsExactly(new Heartbeat(
                        "i-1",
                        "us-west-2a",
                        17,
                        false,
                        new OwnView(
                                "0.1.0",
                                Optional.of(Instant.parse("2026-11-27T10:00:00.123Z")),
                                Optional.of("half_open"),
                                Optional.of(Duration.ofMillis(4_200)),
                                Optional.of(Duration.ofMillis(300)))))
                .extracting(Heartbeat::summary)
                .containsExactly("i-1 at 2026-11-27T10:00:00Z: cannot do its work, circuit half open,"
                        + " table worked 4.2 s before, parameters read 0.3 s before, version 0.1.0");
    }

    @Test
    void a_row_without_a_view_or_with_one_that_means_nothing_is_a_heartbeat_all_the_same() {
        items = """
            {"InstanceId": {"S": "i-1"}, "Beat": {"N": "17"}, "Working": {"BOOL": true}},
            {"InstanceId": {"S": "i-2"}, "Beat": {"N": "4"}, "Working": {"BOOL": true},
             "LastGoodMillisAgo": {"N": "-1"}, "WrittenAt": {"S": "yesterday"}}""";

        assertThat(rows.read())
                .containsExactly(
                        new Heartbeat("i-1", "", 17, true, OwnView.UNKNOWN),
                        new Heartbeat("i-2", "", 4, true, OwnView.UNKNOWN))
                .extracting(Heartbeat::summary)
                .containsExactly("i-1: works", "i-2: works");
    }

    @Test
    void whoever_looks_sees_the_instances_that_there_are_and_none_without_a_table() {
        items = """
            {"InstanceId": {"S": "i-2"}, "Beat": {"N": "17"}, "Working": {"BOOL": true}},
            {"InstanceId": {"S": "i-gone"}, "Beat": {"N": "17"}, "Working": {"BOOL": true}},
            {"InstanceId": {"S": "i-1"}, "Beat": {"N": "4"}, "Working": {"BOOL": true}}""";
        assertThat(rows.of(List.of("i-1", "i-2")))
                .extracting(Heartbeat::instanceId)
                .containsExactly("i-1", "i-2");

        tableGone = true;
        assertThat(rows.of(List.of("i-1"))).isEmpty();
    }
}
