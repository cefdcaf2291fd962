package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.base.Cancellation;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.base.SelfMovingTime;
import dev.resilient.scenario.base.Waiting;
import dev.resilient.scenario.event.ScenarioEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class RecommendationTableTest {
    private static final String TABLE = """
        {"Table": {"TableName": "shop-recommendations", "TableStatus": "%s", "TableArn": "arn:aws:dynamodb:t"}}\
        """;
    private static final Reply ACTIVE = ok(TABLE.formatted("ACTIVE"));
    private static final Reply OURS = ok("{\"Tags\": [{\"Key\": \"resilient:deployment\", \"Value\": \"shop\"}]}");
    private static final Reply ABSENT = new Reply(
            400, "{\"__type\": \"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\", \"message\": \"gone\"}");

    @Test
    void there_are_nine_items_three_of_each_kind() {
        assertThat(RecommendationTable.items()).hasSize(9).allSatisfy(item -> assertThat(item)
                .containsOnlyKeys("MediaType", "ItemId", "Title", "Creator"));
        assertThat(RecommendationTable.items().stream()
                        .map(item ->
                                item.get("MediaType").s() + item.get("ItemId").n()))
                .containsExactly("Book1", "Book2", "Book3", "Movie1", "Movie2", "Movie3", "Song1", "Song2", "Song3");
    }

    @Test
    void a_new_table_is_waited_for_until_it_is_active() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        try (var aws = new FakeAws((operation, _) -> switch (operation) {
            case "DescribeTable" ->
                looks.incrementAndGet() == 1 ? ABSENT : looks.get() == 2 ? ok(TABLE.formatted("CREATING")) : ACTIVE;
            case "BatchWriteItem" -> ok("{\"UnprocessedItems\": {}}");
            default -> ok("{}");
        })) {
            assertThat(table(aws).create()).isEqualTo(Resource.Creation.CREATED);
            assertThat(aws.operations())
                    .containsExactly(
                            "DescribeTable",
                            "GetCallerIdentity",
                            "CreateTable",
                            "DescribeTable",
                            "DescribeTable",
                            "BatchWriteItem");
        }
    }

    @Test
    void a_table_that_was_being_deleted_is_made_again() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        try (var aws = new FakeAws((operation, _) -> switch (operation) {
            case "DescribeTable" ->
                looks.incrementAndGet() <= 2 ? ok(TABLE.formatted("DELETING")) : looks.get() == 3 ? ABSENT : ACTIVE;
            case "ListTagsOfResource" -> OURS;
            case "BatchWriteItem" -> ok("{\"UnprocessedItems\": {}}");
            default -> ok("{}");
        })) {
            table(aws).create();
            assertThat(aws.operations())
                    .containsSubsequence("DescribeTable", "CreateTable", "DescribeTable", "BatchWriteItem");
        }
    }

    @Test
    void a_table_that_goes_away_before_it_is_asked_for_its_tags_is_nobody_elses() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        try (var aws = new FakeAws((operation, _) -> switch (operation) {
            case "DescribeTable" -> looks.incrementAndGet() == 1 ? ok(TABLE.formatted("DELETING")) : ACTIVE;
            case "ListTagsOfResource" -> ABSENT;
            case "BatchWriteItem" -> ok("{\"UnprocessedItems\": {}}");
            default -> ok("{}");
        })) {
            assertThat(table(aws).create()).isEqualTo(Resource.Creation.CREATED);
            assertThat(aws.operations()).containsSubsequence("DescribeTable", "ListTagsOfResource", "CreateTable");
        }
    }

    @Test
    void items_that_dynamodb_hands_back_are_written_again() throws IOException {
        AtomicInteger writes = new AtomicInteger();
        String handedBack = """
            {"UnprocessedItems": {"shop-recommendations": [{"PutRequest": {"Item": {"MediaType": {"S": "Book"}}}}]}}\
            """;
        try (var aws = new FakeAws((operation, body) -> switch (operation) {
            case "DescribeTable" -> ACTIVE;
            case "ListTagsOfResource" -> OURS;
            case "BatchWriteItem" -> {
                assertThat(body.split("PutRequest", -1)).hasSize(writes.get() == 0 ? 10 : 2);
                yield ok(writes.incrementAndGet() < 3 ? handedBack : "{\"UnprocessedItems\": {}}");
            }
            default -> throw new AssertionError(operation);
        })) {
            assertThat(table(aws).create()).isEqualTo(Resource.Creation.FOUND);
            assertThat(writes).hasValue(3);
        }
    }

    @Test
    void a_table_of_somebody_else_is_neither_adopted_nor_deleted_nor_seen() throws IOException {
        try (var aws = new FakeAws((operation, _) -> switch (operation) {
            case "DescribeTable" -> ACTIVE;
            case "ListTagsOfResource" -> ok("{\"Tags\": []}");
            default -> throw new AssertionError(operation);
        })) {
            Resource table = table(aws);
            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(table::create)
                    .withMessageStartingWith("There is a DynamoDB table named shop-recommendations already")
                    .withMessageContaining("resilient:deployment=shop");
            assertThat(table.delete()).isFalse();
            assertThat(table.existing()).isEmpty();
        }
    }

    @Test
    void deleting_waits_until_the_table_is_gone_and_needs_no_table() throws IOException {
        AtomicInteger left = new AtomicInteger(3);
        try (var aws = new FakeAws((operation, _) -> switch (operation) {
            case "DescribeTable" -> left.getAndDecrement() > 0 ? ACTIVE : ABSENT;
            case "ListTagsOfResource" -> OURS;
            default -> ok("{}");
        })) {
            Resource table = table(aws);
            assertThat(table.delete()).isTrue();
            assertThat(left.get()).isNegative();
            assertThat(table.delete()).isFalse();
            assertThat(aws.operations().stream().filter("DeleteTable"::equals)).hasSize(1);
        }
    }

    private static Resource table(FakeAws aws) {
        var events = new ScenarioEvents();
        return new RecommendationTable(new Environment(
                new Deployment(
                        "shop",
                        Region.US_WEST_2,
                        8080,
                        Optional.empty(),
                        "127.0.0.1/32",
                        Path.of("server.jar"),
                        new Pacing(10)),
                aws.clients(),
                events,
                new Waiting(new SelfMovingTime(), events, new Cancellation(), Duration.ofSeconds(1), new Random(1))));
    }

    private static Reply ok(String body) {
        return new Reply(200, body);
    }
}
