package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.testing.ManualTime;
import dev.resilient.time.SystemTime;
import dev.resilient.wire.endpoint.AwsEndpoint;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Drives DynamoDB through the SDK's own client, over HTTP and with real signatures. */
class DynamoDbWireTest {
    private final ManualTime time = new ManualTime();
    private AwsEndpoint endpoint;
    private DynamoDbClient client;

    @BeforeEach
    void start() {
        endpoint = AwsEndpoint.builder(SystemTime.INSTANCE, new OpenGate(), "us-west-2")
                .services(List.of(new DynamoDb(TestContext.at(time))))
                .start();
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint.uri())
                .region(Region.US_WEST_2)
                .credentialsProvider(OpenGate.CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    @Test
    void a_batch_that_is_too_large_is_told_with_the_beginning_of_it() {
        Map<String, AttributeValue> item = Map.of("id", n(1));
        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> client.batchWriteItem(request -> request.requestItems(Map.of(
                        "books",
                        Collections.nCopies(
                                26,
                                WriteRequest.builder()
                                        .putRequest(put -> put.item(item))
                                        .build())))))
                .satisfies(refused -> assertThat(refused.awsErrorDetails().errorMessage())
                        .matches(
                                "1 validation error detected: Value '\\{books=\\[WriteRequest\\(.{150,200}\\.\\.\\.' at"
                                        + " 'requestItems' failed to satisfy constraint: Map value must satisfy constraint:"
                                        + " \\[Member must have length less than or equal to 25, Member must have length"
                                        + " greater than or equal to 1]"));
        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> client.batchGetItem(request -> request.requestItems(Map.of(
                        "books",
                        KeysAndAttributes.builder()
                                .keys(Collections.nCopies(101, item))
                                .build()))))
                .satisfies(refused -> assertThat(refused.awsErrorDetails().errorMessage())
                        .hasSizeLessThan(400)
                        .endsWith("...' at 'requestItems.books.member.keys' failed to satisfy constraint: "
                                + "Member must have length less than or equal to 100"));
    }

    @Test
    void a_table_goes_through_its_life() {
        assertThat(client.createTable(
                                TestTables.definition("books", "type:S", "id:N").build())
                        .tableDescription()
                        .tableStatus())
                .isEqualTo(TableStatus.CREATING);
        assertThatExceptionOfType(ResourceInUseException.class)
                .isThrownBy(() -> client.createTable(
                        TestTables.definition("books", "type:S", "id:N").build()));
        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(this::getBook);

        time.advance(Duration.ofSeconds(5));
        client.waiter().waitUntilTableExists(request -> request.tableName("books"));
        assertThat(client.listTables().tableNames()).containsExactly("books");
        client.deleteTable(request -> request.tableName("books"));
        time.advance(Duration.ofSeconds(3));

        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> client.describeTable(request -> request.tableName("books")))
                .withMessageContaining("Requested resource not found: Table: books not found");
    }

    @Test
    void every_type_of_value_survives_the_wire() {
        createBooks();
        Map<String, AttributeValue> item = Map.of(
                "type", s("Book"),
                "id", n(1),
                "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, (byte) 255})),
                "flag", AttributeValue.fromBool(false),
                "nothing", AttributeValue.fromNul(true),
                "emptyList", AttributeValue.fromL(List.of()),
                "emptyMap", AttributeValue.fromM(Map.of()),
                "deep", AttributeValue.fromM(Map.of("list", AttributeValue.fromL(List.of(s("é\uD83D\uDE00"), n(2))))),
                "sets", AttributeValue.fromSs(List.of("a", "b")));

        client.putItem(request -> request.tableName("books").item(item));

        assertThat(getBook()).isEqualTo(item);
    }

    @Test
    void a_batch_a_query_and_the_paginators_work_together() {
        createBooks();
        client.batchWriteItem(request -> request.requestItems(Map.of("books", List.of(put(1), put(2), put(3)))));

        List<String> ids = client
                .queryPaginator(request -> request.tableName("books")
                        .keyConditionExpression("#t = :t")
                        .expressionAttributeNames(Map.of("#t", "type"))
                        .expressionAttributeValues(Map.of(":t", s("Book")))
                        .limit(1))
                .items()
                .stream()
                .map(item -> item.get("id").n())
                .toList();

        assertThat(ids).containsExactly("1", "2", "3");
        assertThat(client.scanPaginator(request -> request.tableName("books").limit(2))
                        .items())
                .hasSize(3);
    }

    @Test
    void an_update_returns_what_it_changed() {
        createBooks();

        Map<String, AttributeValue> attributes = client.updateItem(request -> request.tableName("books")
                        .key(Map.of("type", s("Book"), "id", n(1)))
                        .updateExpression("ADD hits :one")
                        .expressionAttributeValues(Map.of(":one", n(1)))
                        .returnValues(ReturnValue.UPDATED_NEW))
                .attributes();

        assertThat(attributes).isEqualTo(Map.of("hits", n(1)));
    }

    @Test
    void errors_arrive_as_the_exceptions_of_the_sdk() {
        createBooks();
        assertThatExceptionOfType(ConditionalCheckFailedException.class)
                .isThrownBy(() -> client.deleteItem(request -> request.tableName("books")
                        .key(Map.of("type", s("Book"), "id", n(1)))
                        .conditionExpression("attribute_exists(id)")))
                .withMessageContaining("The conditional request failed");
        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(
                        () -> client.scan(request -> request.tableName("books").filterExpression("a = = b")))
                .withMessageContaining("Invalid FilterExpression: Syntax error; token: \"=\", near: \"= = b\"")
                .matches(error -> error.awsErrorDetails().errorCode().equals("ValidationException"));
    }

    @Test
    void what_an_error_knows_beside_its_message_arrives_too() {
        createBooks();
        Map<String, AttributeValue> book = Map.of("type", s("Book"), "id", n(1));
        client.putItem(request -> request.tableName("books").item(book));
        assertThatExceptionOfType(ConditionalCheckFailedException.class)
                .isThrownBy(() -> client.putItem(request -> request.tableName("books")
                        .item(book)
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure("ALL_OLD")))
                .satisfies(failed -> assertThat(failed.item()).isEqualTo(book));
    }

    @Test
    void every_answer_has_its_checksum() {
        createBooks();
        assertThat(client.listTables().sdkHttpResponse().firstMatchingHeader("x-amz-crc32"))
                .isPresent();
    }

    private void createBooks() {
        client.createTable(TestTables.definition("books", "type:S", "id:N").build());
        time.advance(Duration.ofSeconds(5));
    }

    private Map<String, AttributeValue> getBook() {
        return client.getItem(request -> request.tableName("books").key(Map.of("type", s("Book"), "id", n(1))))
                .item();
    }

    private static WriteRequest put(int id) {
        return WriteRequest.builder()
                .putRequest(put -> put.item(Map.of("type", s("Book"), "id", n(id))))
                .build();
    }
}
