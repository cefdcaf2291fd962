package dev.resilient.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.Access;
import dev.resilient.wire.Echo;
import dev.resilient.wire.Models;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.TestCloud;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;

final class JsonProtocolTest {
    private static final Map<String, AttributeValue> EVERY_KIND = Map.of(
            "string", AttributeValue.fromS("\"\\ ü \u0001"),
            "emptyString", AttributeValue.fromS(""),
            "number", AttributeValue.fromN("-1.50"),
            "binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 7})),
            "sets", AttributeValue.fromSs(List.of("a", "b")),
            "binaries", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))),
            "map", AttributeValue.fromM(Map.of("inner", AttributeValue.fromL(List.of(AttributeValue.fromBool(false))))),
            "emptyList", AttributeValue.fromL(List.of()),
            "emptyMap", AttributeValue.fromM(Map.of()),
            "null", AttributeValue.fromNul(true));

    @Test
    void every_kind_of_attribute_survives_both_ways() {
        Echo<PutItemRequest, PutItemResponse> echo =
                new Echo<>(PutItemResponse.builder().attributes(EVERY_KIND).build());
        try (TestCloud cloud =
                        dynamoDb(operations -> operations.register(PutItemRequest.class, Access.anyResource(), echo));
                DynamoDbClient client = cloud.client(DynamoDbClient.builder())) {
            PutItemRequest sent =
                    PutItemRequest.builder().tableName("books").item(EVERY_KIND).build();
            assertThat(client.putItem(sent).attributes()).isEqualTo(EVERY_KIND);
            assertThat(echo.seen()).isEqualTo(sent);
            assertThat(echo.seen().item().get("emptyList").hasL()).isTrue();
            assertThat(echo.seen().item().get("string").hasL()).isFalse();
        }
    }

    @Test
    void maps_of_lists_survive() {
        Map<String, List<WriteRequest>> writes = Map.of(
                "books",
                List.of(WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(EVERY_KIND).build())
                        .build()));
        Echo<BatchWriteItemRequest, BatchWriteItemResponse> echo = new Echo<>(
                BatchWriteItemResponse.builder().unprocessedItems(Map.of()).build());
        try (TestCloud cloud = dynamoDb(
                        operations -> operations.register(BatchWriteItemRequest.class, Access.anyResource(), echo));
                DynamoDbClient client = cloud.client(DynamoDbClient.builder())) {
            assertThat(client.batchWriteItem(batch -> batch.requestItems(writes))
                            .hasUnprocessedItems())
                    .isTrue();
            assertThat(echo.seen().requestItems()).isEqualTo(writes);
        }
    }

    @Test
    void times_are_seconds_with_a_fraction() {
        Instant moment = Instant.parse("2026-01-02T03:04:05.678Z");
        TableDescription table = TableDescription.builder()
                .tableName("books")
                .creationDateTime(moment)
                .itemCount(3L)
                .build();
        try (TestCloud cloud = dynamoDb(operations -> operations.register(
                        DescribeTableRequest.class,
                        Access.anyResource(),
                        new Echo<>(DescribeTableResponse.builder().table(table).build())));
                DynamoDbClient client = cloud.client(DynamoDbClient.builder())) {
            assertThat(client.describeTable(describe -> describe.tableName("books"))
                            .table())
                    .isEqualTo(table);
        }
    }

    @Test
    void a_parameter_of_systems_manager_survives() {
        Parameter parameter = Parameter.builder()
                .name("/a/b")
                .value("v")
                .version(2L)
                .lastModifiedDate(Instant.parse("2026-01-02T03:04:05Z"))
                .build();
        GetParametersResponse answer = GetParametersResponse.builder()
                .parameters(parameter)
                .invalidParameters("x")
                .build();
        try (TestCloud cloud = ssm(operations ->
                        operations.register(GetParametersRequest.class, Access.anyResource(), new Echo<>(answer)));
                SsmClient client = cloud.client(SsmClient.builder())) {
            assertThat(client.getParameters(get -> get.names("/a/b", "x")))
                    .matches(answer::equalsBySdkFields, answer.toString());
        }
    }

    @Test
    void errors_of_dynamodb_are_the_modelled_exceptions() {
        try (TestCloud cloud = dynamoDb(operations -> operations.register(
                        GetItemRequest.class, Access.resource(request -> "arn:table"), (request, call) -> {
                            throw ServiceError.badRequest("ResourceNotFoundException", "Requested resource not found");
                        }));
                DynamoDbClient client = cloud.client(DynamoDbClient.builder())) {
            assertThatThrownBy(() -> get(client))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Requested resource not found");
            cloud.keys.denied.add("dynamodb:GetItem");
            assertThatThrownBy(() -> get(client)).isInstanceOfSatisfying(DynamoDbException.class, error -> {
                assertThat(error.statusCode()).isEqualTo(400);
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                assertThat(error.awsErrorDetails().rawResponse().asUtf8String())
                        .isEqualTo("{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"User:"
                                + " arn:aws:iam::123456789012:user/alice is not authorized to perform:"
                                + " dynamodb:GetItem on resource: arn:table because no identity-based policy allows"
                                + " the dynamodb:GetItem action\"}");
            });
        }
    }

    @Test
    void input_rules_are_told_in_the_words_of_systems_manager() {
        try (TestCloud cloud = ssm(operations -> operations.register(
                        PutParameterRequest.class,
                        Access.anyResource(),
                        new Echo<>(PutParameterResponse.builder().build())));
                SsmClient client = cloud.client(SsmClient.builder())) {
            assertThatThrownBy(() -> client.putParameter(put -> put.value("v").type("Text")))
                    .isInstanceOfSatisfying(SsmException.class, error -> {
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("2 validation errors detected: Value null at 'name' failed to satisfy"
                                        + " constraint: Member must not be null; Value 'Text' at 'type' failed to"
                                        + " satisfy constraint: Member must satisfy enum value set: [String,"
                                        + " StringList, SecureString]");
                    });
        }
    }

    @Test
    void what_is_not_registered_is_named_in_the_error() {
        try (TestCloud cloud = dynamoDb(operations -> {});
                DynamoDbClient client = cloud.client(DynamoDbClient.builder())) {
            assertThatThrownBy(() -> get(client)).isInstanceOfSatisfying(DynamoDbException.class, error -> {
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
                assertThat(error.awsErrorDetails().errorMessage())
                        .isEqualTo("The action GetItem is not supported by this local cloud.");
            });
        }
    }

    private static GetItemResponse get(DynamoDbClient client) {
        return client.getItem(get -> get.tableName("books").key(Map.of("id", AttributeValue.fromN("1"))));
    }

    private static TestCloud dynamoDb(Consumer<OperationRegistry> operations) {
        return new TestCloud(TestCloud.service(Models.DYNAMO_DB, operations));
    }

    private static TestCloud ssm(Consumer<OperationRegistry> operations) {
        return new TestCloud(TestCloud.service(Models.SSM, operations));
    }
}
