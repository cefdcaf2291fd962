package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.Errors.assertInvalid;
import static dev.resilient.cloud.dynamodb.Errors.assertRefused;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.resilient.cloud.base.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;

class TableOperationsTest {
    private static final String ARN = "arn:aws:dynamodb:us-west-2:123456789012:table/books";
    private final TestTables db = new TestTables();

    @Test
    void a_new_table_is_creating_and_then_active() {
        CreateTableResponse created = db.call(TestTables.definition("books", "MediaType:S", "ItemId:N")
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(6L))
                .build());

        TableDescription table = created.tableDescription();
        assertThat(table.tableStatus()).isEqualTo(TableStatus.CREATING);
        assertThat(table.tableArn()).isEqualTo(ARN);
        assertThat(table.creationDateTime()).isEqualTo(db.time.instant());
        assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(5);
        assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
        assertThat(table.billingModeSummary()).isNull();
        assertThat(table.keySchema())
                .extracting(KeySchemaElement::attributeName, KeySchemaElement::keyType)
                .containsExactly(tuple("MediaType", KeyType.HASH), tuple("ItemId", KeyType.RANGE));
        assertThat(table.attributeDefinitions())
                .extracting(AttributeDefinition::attributeName, AttributeDefinition::attributeType)
                .containsExactly(tuple("MediaType", ScalarAttributeType.S), tuple("ItemId", ScalarAttributeType.N));

        db.time.advance(Duration.ofSeconds(5).minusMillis(1));
        assertThat(status("books")).isEqualTo(TableStatus.CREATING);
        db.time.advance(Duration.ofMillis(1));
        assertThat(status("books")).isEqualTo(TableStatus.ACTIVE);
    }

    @Test
    void the_pace_divides_how_long_creating_takes() {
        TestTables fast = new TestTables(new Pace(10));
        fast.call(TestTables.definition("books", "id:S").build());

        fast.time.advance(Duration.ofMillis(500));

        DescribeTableResponse described =
                fast.call(DescribeTableRequest.builder().tableName("books").build());
        assertThat(described.table().tableStatus()).isEqualTo(TableStatus.ACTIVE);
    }

    @Test
    void a_table_that_is_being_created_has_no_items_yet() {
        db.call(TestTables.definition("books", "id:S").build());

        assertRefused(
                "ResourceNotFoundException",
                "Requested resource not found",
                () -> db.put("books", Map.of("id", s("1"))));
    }

    @Test
    void a_name_is_taken_until_its_table_is_gone() {
        db.create("books", "id:S");
        db.put("books", Map.of("id", s("1")));
        CreateTableRequest again = TestTables.definition("books", "id:S").build();
        assertRefused("ResourceInUseException", "Table already exists: books", () -> db.call(again));

        DeleteTableResponse deleted =
                db.call(DeleteTableRequest.builder().tableName("books").build());
        assertThat(deleted.tableDescription().tableStatus()).isEqualTo(TableStatus.DELETING);
        assertRefused("ResourceInUseException", "Table already exists: books", () -> db.call(again));

        db.time.advance(Duration.ofSeconds(3));
        assertRefused(
                "ResourceNotFoundException",
                "Requested resource not found: Table: books not found",
                () -> status("books"));
        db.create("books", "id:S");
        assertThat(db.get("books", Map.of("id", s("1")))).isEmpty();
    }

    @Test
    void a_table_in_a_passing_state_cannot_be_changed() {
        String inUse = "Attempt to change a resource which is still in use: Table is being ";
        DeleteTableRequest delete =
                DeleteTableRequest.builder().tableName("books").build();
        db.call(TestTables.definition("books", "id:S").build());
        assertRefused("ResourceInUseException", inUse + "created: books", () -> db.call(delete));

        db.time.advance(Duration.ofSeconds(5));
        db.call(delete);
        assertRefused("ResourceInUseException", inUse + "deleted: books", () -> db.call(delete));
        assertRefused(
                "ResourceNotFoundException",
                "Requested resource not found",
                () -> db.get("books", Map.of("id", s("1"))));
    }

    @Test
    void a_missing_table_is_named() {
        String message = "Requested resource not found: Table: books not found";
        assertRefused("ResourceNotFoundException", message, () -> status("books"));
        assertRefused(
                "ResourceNotFoundException",
                message,
                () -> db.call(DeleteTableRequest.builder().tableName("books").build()));
    }

    @Test
    void a_table_can_be_named_by_its_arn_but_not_by_that_of_another_region() {
        db.create("books", "id:S");

        assertThat(status(ARN)).isEqualTo(TableStatus.ACTIVE);
        String elsewhere = ARN.replace("us-west-2", "eu-west-1");
        assertRefused(
                "ResourceNotFoundException",
                "Requested resource not found: Table: " + elsewhere + " not found",
                () -> status(elsewhere));
    }

    @Test
    void the_key_must_be_what_is_defined() {
        assertInvalid(
                "One or more parameter values were invalid: Some index key attributes are not defined in "
                        + "AttributeDefinitions. Keys: [id], AttributeDefinitions: [other]",
                () -> db.call(TestTables.definition("books", "id:S")
                        .attributeDefinitions(definition("other"))
                        .build()));
        assertInvalid(
                "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match "
                        + "number of attributes defined in AttributeDefinitions",
                () -> db.call(TestTables.definition("books", "id:S")
                        .attributeDefinitions(definition("id"), definition("other"))
                        .build()));
        assertInvalid(
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
                () -> db.call(TestTables.definition("books", "id:S")
                        .keySchema(element("id", KeyType.RANGE))
                        .build()));
        assertInvalid(
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
                () -> db.call(TestTables.definition("books", "id:S", "at:N")
                        .keySchema(element("id", KeyType.HASH), element("at", KeyType.HASH))
                        .build()));
        assertInvalid(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name",
                () -> db.call(TestTables.definition("books", "id:S")
                        .keySchema(element("id", KeyType.HASH), element("id", KeyType.RANGE))
                        .build()));
        assertThat(names(ListTablesRequest.builder().build())).isEmpty();
    }

    @Test
    void billing_mode_and_throughput_must_agree() {
        assertInvalid(
                "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be "
                        + "specified when BillingMode is PROVISIONED",
                () -> db.call(TestTables.definition("books", "id:S")
                        .billingMode((BillingMode) null)
                        .build()));
        assertInvalid(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                        + "specified when BillingMode is PAY_PER_REQUEST",
                () -> db.call(TestTables.definition("books", "id:S")
                        .provisionedThroughput(
                                units -> units.readCapacityUnits(1L).writeCapacityUnits(1L))
                        .build()));
    }

    @Test
    void names_that_aws_would_not_take_are_refused() {
        assertInvalid(
                "TableName must be at least 3 characters long and at most 255 characters long",
                () -> db.create("ab", "id:S"));
        assertInvalid(
                "1 validation error detected: Value 'no spaces' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
                () -> db.create("no spaces", "id:S"));
        assertInvalid(
                "1 validation error detected: Value 'a b' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
                () -> db.get("a b", Map.of("id", s("1"))));
    }

    @Test
    void what_is_not_supported_says_so() {
        assertInvalid(
                "The parameter StreamSpecification is not supported by the local cloud",
                () -> db.call(TestTables.definition("books", "id:S")
                        .streamSpecification(stream -> stream.streamEnabled(true))
                        .build()));
        assertInvalid(
                "The parameter DeletionProtectionEnabled is not supported by the local cloud",
                () -> db.call(TestTables.definition("books", "id:S")
                        .deletionProtectionEnabled(true)
                        .build()));
        db.call(TestTables.definition("books", "id:S")
                .streamSpecification(stream -> stream.streamEnabled(false))
                .sseSpecification(encryption -> encryption.enabled(false))
                .tableClass(TableClass.STANDARD)
                .deletionProtectionEnabled(false)
                .build());
    }

    @Test
    void tables_are_listed_by_name_in_pages() {
        List.of("charlie", "alpha", "bravo").forEach(name -> db.create(name, "id:S"));

        ListTablesResponse first = db.call(ListTablesRequest.builder().limit(2).build());
        assertThat(first.tableNames()).containsExactly("alpha", "bravo");
        assertThat(first.lastEvaluatedTableName()).isEqualTo("bravo");
        ListTablesResponse second = db.call(ListTablesRequest.builder()
                .exclusiveStartTableName("bravo")
                .limit(2)
                .build());
        assertThat(second.tableNames()).containsExactly("charlie");
        assertThat(second.lastEvaluatedTableName()).isNull();
    }

    @Test
    void tags_are_kept_with_the_table() {
        db.call(TestTables.definition("books", "id:S")
                .tags(tag("project", "resilient"), tag("owner", "me"))
                .build());
        db.call(TagResourceRequest.builder()
                .resourceArn(ARN)
                .tags(tag("owner", "you"), tag("stage", "test"))
                .build());
        db.call(UntagResourceRequest.builder()
                .resourceArn(ARN)
                .tagKeys("project", "unknown")
                .build());

        ListTagsOfResourceResponse tags =
                db.call(ListTagsOfResourceRequest.builder().resourceArn(ARN).build());
        assertThat(tags.tags()).containsExactly(tag("owner", "you"), tag("stage", "test"));
        assertRefused(
                "ResourceNotFoundException",
                "Requested resource not found: ResourcArn: " + ARN + "2 not found",
                () -> db.call(ListTagsOfResourceRequest.builder()
                        .resourceArn(ARN + "2")
                        .build()));
    }

    @Test
    void time_to_live_is_disabled() {
        db.create("books", "id:S");

        DescribeTimeToLiveResponse response =
                db.call(DescribeTimeToLiveRequest.builder().tableName("books").build());

        assertThat(response.timeToLiveDescription().timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
    }

    @Test
    void a_description_counts_items_and_bytes() {
        db.create("books", "id:S");
        db.put("books", Map.of("id", s("1"), "title", s("abc")));
        db.put("books", Map.of("id", s("2")));
        db.put("books", Map.of("id", s("2"), "t", s("x")));

        assertThat(describe("books").itemCount()).isEqualTo(2);
        assertThat(describe("books").tableSizeBytes()).isEqualTo(2 + 1 + 5 + 3 + 2 + 1 + 1 + 1);
    }

    private TableStatus status(String table) {
        return describe(table).tableStatus();
    }

    private TableDescription describe(String table) {
        DescribeTableResponse response =
                db.call(DescribeTableRequest.builder().tableName(table).build());
        return response.table();
    }

    private List<String> names(ListTablesRequest request) {
        ListTablesResponse response = db.call(request);
        return response.tableNames();
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
