package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.Errors.assertInvalid;
import static dev.resilient.cloud.dynamodb.Errors.assertRefused;
import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

class ItemsTest {
    private static final Map<String, AttributeValue> KEY = Map.of("type", s("Book"), "id", n(1));
    private static final Map<String, AttributeValue> BOOK =
            Map.of("type", s("Book"), "id", n(1), "title", s("Delicious Recipes"), "pages", n(120));
    private final TestTables db = new TestTables();

    @BeforeEach
    void createTable() {
        db.create("books", "type:S", "id:N");
    }

    @Test
    void what_was_put_is_got() {
        db.put("books", BOOK);

        assertThat(db.get("books", KEY)).isEqualTo(BOOK);
    }

    @Test
    void a_key_finds_its_item_whatever_way_its_number_is_written() {
        db.put("books", BOOK);

        assertThat(db.get("books", Map.of("type", s("Book"), "id", AttributeValue.fromN("1.00e0"))))
                .isEqualTo(BOOK);
    }

    @Test
    void an_item_that_is_not_there_is_absent_from_the_response() {
        GetItemResponse response = db.get("books", KEY, _ -> {});

        assertThat(response.hasItem()).isFalse();
    }

    @Test
    void a_projection_shows_only_what_it_names() {
        db.put("books", BOOK);

        GetItemResponse response = db.get("books", KEY, request -> request.projectionExpression("#t, absent")
                .expressionAttributeNames(Map.of("#t", "title")));

        assertThat(response.item()).isEqualTo(Map.of("title", s("Delicious Recipes")));
    }

    @Test
    void putting_replaces_the_whole_item_and_returns_the_old_one_on_request() {
        db.put("books", BOOK);
        Map<String, AttributeValue> replacement = Map.of("type", s("Book"), "id", n(1), "title", s("Other"));

        PutItemResponse response = db.call(PutItemRequest.builder()
                .tableName("books")
                .item(replacement)
                .returnValues(ReturnValue.ALL_OLD)
                .build());

        assertThat(response.attributes()).isEqualTo(BOOK);
        assertThat(db.get("books", KEY)).isEqualTo(replacement);
    }

    @Test
    void deleting_removes_the_item_and_is_idempotent() {
        db.put("books", BOOK);
        DeleteItemRequest delete = DeleteItemRequest.builder()
                .tableName("books")
                .key(KEY)
                .returnValues(ReturnValue.ALL_OLD)
                .build();

        DeleteItemResponse first = db.call(delete);
        DeleteItemResponse second = db.call(delete);

        assertThat(first.attributes()).isEqualTo(BOOK);
        assertThat(second.hasAttributes()).isFalse();
        assertThat(db.get("books", KEY)).isEmpty();
    }

    @Test
    void a_condition_that_does_not_hold_changes_nothing() {
        db.put("books", BOOK);

        assertRefused(
                "ConditionalCheckFailedException",
                "The conditional request failed",
                () -> db.call(PutItemRequest.builder()
                        .tableName("books")
                        .item(KEY)
                        .conditionExpression("attribute_not_exists(id)")
                        .build()));
        assertRefused(
                "ConditionalCheckFailedException",
                "The conditional request failed",
                () -> db.call(DeleteItemRequest.builder()
                        .tableName("books")
                        .key(KEY)
                        .conditionExpression("pages > :p")
                        .expressionAttributeValues(Map.of(":p", n(120)))
                        .build()));

        assertThat(db.get("books", KEY)).isEqualTo(BOOK);
    }

    @Test
    void a_condition_on_a_missing_item_sees_no_attributes() {
        db.call(PutItemRequest.builder()
                .tableName("books")
                .item(BOOK)
                .conditionExpression("attribute_not_exists(id)")
                .build());

        assertThat(db.get("books", KEY)).isEqualTo(BOOK);
    }

    @Test
    void a_key_must_have_exactly_the_attributes_and_types_of_the_schema() {
        String message = "The provided key element does not match the schema";
        assertInvalid(message, () -> db.get("books", Map.of("type", s("Book"))));
        assertInvalid(message, () -> db.get("books", Map.of("type", s("Book"), "id", s("1"))));
        assertInvalid(message, () -> db.get("books", Map.of("type", s("Book"), "other", n(1))));
        assertInvalid(message, () -> db.get("books", BOOK));
    }

    @Test
    void an_item_must_have_its_key() {
        assertInvalid(
                "One or more parameter values were invalid: Missing the key id in the item",
                () -> db.put("books", Map.of("type", s("Book"))));
        assertInvalid(
                "One or more parameter values were invalid: Type mismatch for key id expected: N actual: S",
                () -> db.put("books", Map.of("type", s("Book"), "id", s("1"))));
        assertInvalid(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                        + "empty string value. Key: type",
                () -> db.put("books", Map.of("type", s(""), "id", n(1))));
    }

    @Test
    void keys_have_a_largest_size() {
        db.create("pairs", "hash:S", "range:B");
        AttributeValue kilobyte = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[1024]));
        AttributeValue more = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[1025]));
        db.put("pairs", Map.of("hash", s("é".repeat(1024)), "range", kilobyte));

        assertInvalid(
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048"
                        + " bytes",
                () -> db.put("pairs", Map.of("hash", s("é".repeat(1024) + "e"), "range", kilobyte)));
        assertInvalid(
                "One or more parameter values were invalid: "
                        + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
                () -> db.put("pairs", Map.of("hash", s("e"), "range", more)));
    }

    @Test
    void an_item_has_at_most_400_kilobytes_names_included() {
        int others = "type".length() + "Book".length() + "id".length() + 2 + "text".length();
        String largest = "x".repeat(400 * 1024 - others);
        db.put("books", Map.of("type", s("Book"), "id", n(1), "text", s(largest)));

        assertInvalid(
                "Item size has exceeded the maximum allowed size",
                () -> db.put("books", Map.of("type", s("Book"), "id", n(2), "text", s(largest + "x"))));

        assertThat(db.get("books", Map.of("type", s("Book"), "id", n(2)))).isEmpty();
    }

    @Test
    void placeholders_must_be_used_and_only_come_with_expressions() {
        assertInvalid(
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}",
                () -> db.get("books", KEY, request -> request.projectionExpression("#t")
                        .expressionAttributeNames(Map.of("#t", "title", "#x", "x"))));
        assertInvalid(
                "ExpressionAttributeNames can only be specified when using expressions",
                () -> db.get("books", KEY, request -> request.expressionAttributeNames(Map.of("#t", "title"))));
        assertInvalid(
                "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null",
                () -> db.call(PutItemRequest.builder()
                        .tableName("books")
                        .item(BOOK)
                        .expressionAttributeValues(Map.of(":v", n(1)))
                        .build()));
        assertInvalid(
                "ExpressionAttributeValues must not be empty",
                () -> db.call(PutItemRequest.builder()
                        .tableName("books")
                        .item(BOOK)
                        .conditionExpression("attribute_exists(id)")
                        .expressionAttributeValues(Map.of())
                        .build()));
    }

    @Test
    void legacy_parameters_are_refused_by_name() {
        assertInvalid(
                "The parameter Expected is not supported by the local cloud",
                () -> db.call(PutItemRequest.builder()
                        .tableName("books")
                        .item(BOOK)
                        .expected(Map.of(
                                "id",
                                ExpectedAttributeValue.builder().exists(false).build()))
                        .build()));
    }

    @Test
    void consumed_capacity_is_shown_on_request() {
        db.put("books", Map.of("type", s("Book"), "id", n(1), "text", s("x".repeat(4100))));

        assertThat(db.get("books", KEY, request -> request.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1);
        assertThat(db.get("books", KEY, request -> request.consistentRead(true)
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(2);
        assertThat(db.get("books", KEY, _ -> {}).consumedCapacity()).isNull();
    }
}
