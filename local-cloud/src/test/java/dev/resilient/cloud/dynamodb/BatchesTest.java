package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.Errors.assertInvalid;
import static dev.resilient.cloud.dynamodb.Errors.assertRefused;
import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class BatchesTest {
    private final TestTables db = new TestTables();

    @BeforeEach
    void createTables() {
        db.create("books", "id:N");
        db.create("films", "id:N");
    }

    @Test
    void a_batch_puts_and_deletes_in_several_tables() {
        db.put("books", key(9));

        BatchWriteItemResponse response = db.call(BatchWriteItemRequest.builder()
                .requestItems(Map.of("books", List.of(put(1), put(2), delete(9)), "films", List.of(put(1))))
                .build());

        assertThat(response.unprocessedItems()).isEmpty();
        assertThat(db.get("books", key(2))).isEqualTo(Map.of("id", n(2), "title", s("title 2")));
        assertThat(db.get("films", key(1))).isNotEmpty();
        assertThat(db.get("books", key(9))).isEmpty();
    }

    @Test
    void one_bad_request_in_a_batch_leaves_everything_as_it_was() {
        WriteRequest bad = WriteRequest.builder()
                .putRequest(put -> put.item(Map.of("id", s("text"))))
                .build();

        assertInvalid(
                "One or more parameter values were invalid: Type mismatch for key id expected: N actual: S",
                () -> write(List.of(put(1), bad)));
        assertInvalid(
                "Provided list of item keys contains duplicates", () -> write(List.of(put(1), put(2), delete(1))));
        assertInvalid(
                "Supplied WriteRequest must contain exactly one of PutRequest and DeleteRequest",
                () -> write(List.of(put(1), WriteRequest.builder().build())));
        assertRefused(
                "ResourceNotFoundException",
                "Requested resource not found",
                () -> db.call(BatchWriteItemRequest.builder()
                        .requestItems(Map.of("books", List.of(put(1)), "missing", List.of(put(1))))
                        .build()));

        assertThat(db.get("books", key(1))).isEmpty();
    }

    @Test
    void a_batch_has_at_most_25_writes_and_100_reads() {
        assertInvalid("Too many items requested for the BatchWriteItem call", () -> write(puts(26)));
        write(puts(25));
        assertThat(read(keys(100), null)).hasSize(25);
        assertInvalid("Too many items requested for the BatchGetItem call", () -> read(keys(101), null));
    }

    @Test
    void reading_finds_what_is_there_and_skips_what_is_not() {
        write(puts(3));

        assertThat(read(keys(5), null)).hasSize(3);
        assertThat(read(keys(2), "title"))
                .containsExactly(Map.of("title", s("title 0")), Map.of("title", s("title 1")));
        assertInvalid("Provided list of item keys contains duplicates", () -> read(List.of(key(1), key(1)), null));
    }

    @Test
    void reading_stops_at_16_megabytes_and_returns_the_keys_that_are_left() {
        for (int i = 0; i < 45; i++) {
            db.put("books", Map.of("id", n(i), "text", s("x".repeat(400_000))));
        }

        BatchGetItemResponse response = db.call(BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        "books", KeysAndAttributes.builder().keys(keys(45)).build()))
                .build());

        assertThat(response.responses().get("books")).hasSize(41);
        assertThat(response.unprocessedKeys().get("books").keys()).containsExactly(key(41), key(42), key(43), key(44));
    }

    private void write(List<WriteRequest> requests) {
        db.call(BatchWriteItemRequest.builder()
                .requestItems(Map.of("books", requests))
                .build());
    }

    private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys, String projection) {
        BatchGetItemResponse response = db.call(BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        "books",
                        KeysAndAttributes.builder()
                                .keys(keys)
                                .projectionExpression(projection)
                                .build()))
                .build());
        return response.responses().get("books");
    }

    private static List<WriteRequest> puts(int count) {
        return IntStream.range(0, count).mapToObj(BatchesTest::put).toList();
    }

    private static List<Map<String, AttributeValue>> keys(int count) {
        return IntStream.range(0, count).mapToObj(BatchesTest::key).toList();
    }

    private static WriteRequest put(int id) {
        return WriteRequest.builder()
                .putRequest(put -> put.item(Map.of("id", n(id), "title", s("title " + id))))
                .build();
    }

    private static WriteRequest delete(int id) {
        return WriteRequest.builder()
                .deleteRequest(delete -> delete.key(key(id)))
                .build();
    }

    private static Map<String, AttributeValue> key(int id) {
        return Map.of("id", n(id));
    }
}
