package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.Errors.assertInvalid;
import static dev.resilient.cloud.dynamodb.Errors.assertRefused;
import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

class ItemUpdatesTest {
    private static final Map<String, AttributeValue> KEY = Map.of("id", s("1"));
    private final TestTables db = new TestTables();

    @BeforeEach
    void createTable() {
        db.create("counters", "id:S");
    }

    @Test
    void an_update_makes_the_item_that_was_not_there() {
        update("ADD hits :one", Map.of(":one", n(1)));
        update("ADD hits :one", Map.of(":one", n(1)));

        assertThat(db.get("counters", KEY)).isEqualTo(Map.of("id", s("1"), "hits", n(2)));
    }

    @Test
    void an_update_without_an_expression_makes_the_bare_item() {
        db.call(UpdateItemRequest.builder().tableName("counters").key(KEY).build());

        assertThat(db.get("counters", KEY)).isEqualTo(KEY);
    }

    @ParameterizedTest
    @CsvSource({"NONE,", "ALL_OLD,id a b", "UPDATED_OLD,a", "ALL_NEW,id a b c", "UPDATED_NEW,a c"})
    void what_is_returned_is_what_was_asked_for(ReturnValue asked, String names) {
        db.put("counters", Map.of("id", s("1"), "a", n(1), "b", n(2)));

        UpdateItemResponse response = db.call(UpdateItemRequest.builder()
                .tableName("counters")
                .key(KEY)
                .updateExpression("SET a = a + :v, c = :v")
                .expressionAttributeValues(Map.of(":v", n(5)))
                .returnValues(asked)
                .build());

        assertThat(response.attributes().keySet())
                .containsExactlyInAnyOrderElementsOf(names == null ? List.of() : List.of(names.split(" ")));
        boolean isNew = asked == ReturnValue.ALL_NEW || asked == ReturnValue.UPDATED_NEW;
        assertThat(response.attributes().getOrDefault("a", n(0)))
                .isEqualTo(asked == ReturnValue.NONE ? n(0) : isNew ? n(6) : n(1));
    }

    @Test
    void the_key_cannot_be_updated() {
        assertInvalid(
                "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the"
                        + " key",
                () -> update("SET id = :v", Map.of(":v", s("2"))));
    }

    @Test
    void an_update_that_makes_the_item_too_large_changes_nothing() {
        db.put("counters", Map.of("id", s("1"), "text", s("x".repeat(200_000))));

        assertInvalid(
                "Item size to update has exceeded the maximum allowed size",
                () -> update("SET more = :v", Map.of(":v", s("x".repeat(250_000)))));

        assertThat(db.get("counters", KEY)).containsOnlyKeys("id", "text");
    }

    @Test
    void a_condition_guards_the_update() {
        db.put("counters", Map.of("id", s("1"), "version", n(1)));

        assertRefused(
                "ConditionalCheckFailedException",
                "The conditional request failed",
                () -> db.call(UpdateItemRequest.builder()
                        .tableName("counters")
                        .key(KEY)
                        .updateExpression("SET version = :new")
                        .conditionExpression("version = :old")
                        .expressionAttributeValues(Map.of(":new", n(3), ":old", n(2)))
                        .build()));

        assertThat(db.get("counters", KEY).get("version")).isEqualTo(n(1));
    }

    @Test
    void values_without_expressions_name_both_expressions() {
        assertInvalid(
                "ExpressionAttributeValues can only be specified when using expressions: "
                        + "UpdateExpression and ConditionExpression are null",
                () -> db.call(UpdateItemRequest.builder()
                        .tableName("counters")
                        .key(KEY)
                        .expressionAttributeValues(Map.of(":v", n(1)))
                        .build()));
    }

    @Test
    void concurrent_updates_of_one_item_all_count() throws Exception {
        int writers = 8;
        int each = 250;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        update("ADD hits :one", Map.of(":one", n(1)));
                    }
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        }

        assertThat(db.get("counters", KEY).get("hits")).isEqualTo(n((long) writers * each));
    }

    private void update(String expression, Map<String, AttributeValue> values) {
        db.call(UpdateItemRequest.builder()
                .tableName("counters")
                .key(KEY)
                .updateExpression(expression)
                .expressionAttributeValues(values)
                .build());
    }
}
