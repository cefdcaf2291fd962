package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.Errors.assertInvalid;
import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

class SearchesTest {
    private final TestTables db = new TestTables();

    @BeforeEach
    void fill() {
        db.create("books", "shelf:S", "place:N");
        for (int place : List.of(10, 9, -1, 2, 100)) {
            db.put("books", Map.of("shelf", s("a"), "place", n(place), "odd", n(Math.floorMod(place, 2))));
        }
        db.put("books", Map.of("shelf", s("b"), "place", n(9), "odd", n(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shelf = :a                              | -1 2 9 10 100",
                "shelf = :a AND place = :9               | 9",
                "place < :9 AND shelf = :a               | -1 2",
                "shelf = :a AND place <= :9              | -1 2 9",
                "shelf = :a AND place > :9               | 10 100",
                "(shelf = :a) AND (place >= :9)          | 9 10 100",
                "shelf = :a AND place BETWEEN :2 AND :10 | 2 9 10"
            })
    void a_query_reads_a_part_of_one_partition_in_numeric_order(String condition, String places) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":a", s("a")));
        List.of(2, 9, 10).stream()
                .filter(number -> condition.matches(".*:" + number + "\\b.*"))
                .forEach(number -> values.put(":" + number, n(number)));

        QueryResponse forward =
                query(request -> request.keyConditionExpression(condition).expressionAttributeValues(values));
        QueryResponse backward = query(request -> request.keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .scanIndexForward(false));

        List<String> expected = List.of(places.split(" "));
        assertThat(places(forward.items())).isEqualTo(expected);
        assertThat(places(backward.items())).isEqualTo(expected.reversed());
        assertThat(forward.count()).isEqualTo(expected.size());
        assertThat(forward.hasLastEvaluatedKey()).isFalse();
    }

    @Test
    void begins_with_reads_what_begins_alike() {
        db.create("names", "id:S", "name:S");
        for (String name : List.of("ab", "a", "abc", "ab\uD83D\uDE00", "ac", "b", "ab\uFFFF")) {
            db.put("names", Map.of("id", s("x"), "name", s(name)));
        }

        QueryResponse response = db.call(QueryRequest.builder()
                .tableName("names")
                .keyConditionExpression("id = :id AND begins_with(#n, :p)")
                .expressionAttributeNames(Map.of("#n", "name"))
                .expressionAttributeValues(Map.of(":id", s("x"), ":p", s("ab")))
                .build());

        assertThat(response.items().stream().map(item -> item.get("name").s()))
                .containsExactly("ab", "abc", "ab\uFFFF", "ab\uD83D\uDE00");
    }

    @Test
    void a_filter_is_applied_after_the_limit() {
        QueryResponse response = query(request -> request.keyConditionExpression("shelf = :a")
                .filterExpression("odd = :one")
                .expressionAttributeValues(Map.of(":a", s("a"), ":one", n(1)))
                .limit(2));

        assertThat(places(response.items())).containsExactly("-1");
        assertThat(response.scannedCount()).isEqualTo(2);
        assertThat(response.lastEvaluatedKey()).isEqualTo(Map.of("shelf", s("a"), "place", n(2)));
    }

    @Test
    void counting_returns_no_items() {
        QueryResponse response = query(request -> request.keyConditionExpression("shelf = :a")
                .expressionAttributeValues(Map.of(":a", s("a")))
                .select(Select.COUNT));

        assertThat(response.count()).isEqualTo(5);
        assertThat(response.hasItems()).isFalse();
    }

    @Test
    void a_page_holds_at_most_one_megabyte() {
        db.create("large", "id:S", "at:N");
        for (int i = 0; i < 5; i++) {
            db.put("large", Map.of("id", s("x"), "at", n(i), "text", s("x".repeat(400_000))));
        }

        ScanResponse first = db.call(ScanRequest.builder().tableName("large").build());
        ScanResponse second = db.call(ScanRequest.builder()
                .tableName("large")
                .exclusiveStartKey(first.lastEvaluatedKey())
                .build());
        ScanResponse third = db.call(ScanRequest.builder()
                .tableName("large")
                .exclusiveStartKey(second.lastEvaluatedKey())
                .build());

        assertThat(first.count()).isEqualTo(2);
        assertThat(second.count()).isEqualTo(2);
        assertThat(third.count()).isEqualTo(1);
        assertThat(third.hasLastEvaluatedKey()).isFalse();
    }

    @Test
    void an_empty_result_is_an_empty_list() {
        QueryResponse response = query(request ->
                request.keyConditionExpression("shelf = :c").expressionAttributeValues(Map.of(":c", s("c"))));

        assertThat(response.hasItems()).isTrue();
        assertThat(response.items()).isEmpty();
        assertThat(response.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "place = :n                   | Query condition missed key schema element: shelf",
                "shelf > :a                   | Query key condition not supported",
                "shelf = :a AND another = :n    | Query condition missed key schema element: place",
                "shelf = :n                   | One or more parameter values were invalid: "
                        + "Condition parameter type does not match schema type",
                "shelf = :a OR place = :n     | Invalid KeyConditionExpression: "
                        + "Invalid operator used in KeyConditionExpression: OR",
                "shelf = :a AND place <> :n   | Invalid KeyConditionExpression: "
                        + "Invalid operator used in KeyConditionExpression: <>",
                "shelf = :a AND shelf = :a    | Invalid KeyConditionExpression: "
                        + "KeyConditionExpressions must only contain one condition per key",
                "attribute_exists(shelf)      | Invalid KeyConditionExpression: "
                        + "Invalid operator used in KeyConditionExpression: attribute_exists"
            })
    void a_key_condition_must_be_one_that_a_query_can_answer(String condition, String message) {
        Map<String, AttributeValue> values = new HashMap<>();
        if (condition.contains(":a")) {
            values.put(":a", s("a"));
        }
        if (condition.contains(":n")) {
            values.put(":n", n(1));
        }

        assertInvalid(
                message,
                () -> query(request -> request.keyConditionExpression(condition)
                        .expressionAttributeValues(values.isEmpty() ? null : values)));
    }

    @Test
    void a_query_needs_a_key_condition_and_refuses_the_legacy_one() {
        assertInvalid(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
                () -> query(_ -> {}));
        assertInvalid(
                "The parameter KeyConditions is not supported by the local cloud",
                () -> query(request -> request.keyConditions(Map.of(
                        "shelf",
                        Condition.builder()
                                .comparisonOperator(ComparisonOperator.EQ)
                                .attributeValueList(s("a"))
                                .build()))));
    }

    @Test
    void a_filter_of_a_query_cannot_use_the_key() {
        assertInvalid(
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: place",
                () -> query(request -> request.keyConditionExpression("shelf = :a")
                        .filterExpression("place > :n")
                        .expressionAttributeValues(Map.of(":a", s("a"), ":n", n(1)))));
    }

    @Test
    void a_starting_key_must_lie_in_what_is_read() {
        assertInvalid(
                "The provided starting key is outside query boundaries based on provided conditions",
                () -> query(request -> request.keyConditionExpression("shelf = :a")
                        .expressionAttributeValues(Map.of(":a", s("a")))
                        .exclusiveStartKey(Map.of("shelf", s("b"), "place", n(1)))));
        assertInvalid(
                "The provided starting key is invalid: The provided key element does not match the schema",
                () -> db.call(ScanRequest.builder()
                        .tableName("books")
                        .exclusiveStartKey(Map.of("shelf", s("b")))
                        .build()));
    }

    @Test
    void select_and_projection_must_agree() {
        assertInvalid(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
                () -> db.call(ScanRequest.builder()
                        .tableName("books")
                        .select(Select.SPECIFIC_ATTRIBUTES)
                        .build()));
        assertInvalid(
                "Cannot specify the ProjectionExpression when choosing to get COUNT",
                () -> db.call(ScanRequest.builder()
                        .tableName("books")
                        .select(Select.COUNT)
                        .projectionExpression("odd")
                        .build()));
    }

    @Test
    void a_scan_is_not_cut_into_segments() {
        assertInvalid(
                "The parameter TotalSegments is not supported by the local cloud",
                () -> db.call(ScanRequest.builder()
                        .tableName("books")
                        .totalSegments(4)
                        .build()));
    }

    @Test
    void there_are_no_indexes() {
        assertInvalid(
                "The table does not have the specified index: byTitle",
                () -> query(request -> request.indexName("byTitle")
                        .keyConditionExpression("title = :t")
                        .expressionAttributeValues(Map.of(":t", s("x")))));
    }

    private QueryResponse query(Consumer<QueryRequest.Builder> with) {
        QueryRequest.Builder request = QueryRequest.builder().tableName("books");
        with.accept(request);
        return db.call(request.build());
    }

    private static List<String> places(List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> item.get("place").n()).toList();
    }
}
