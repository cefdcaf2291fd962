package dev.resilient.wire.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.KeyRing;
import dev.resilient.wire.Models;
import dev.resilient.wire.Reply;
import dev.resilient.wire.Route;
import dev.resilient.wire.TestCloud;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

final class FirstCallsTest {

    @Test
    void a_query_call_a_json_call_and_an_object_go_through_the_sdk() {
        Map<String, byte[]> objects = new ConcurrentHashMap<>();
        AwsService sts = TestCloud.service(
                Models.STS,
                operations -> operations.register(
                        GetCallerIdentityRequest.class,
                        Access.everyone(),
                        (request, call) -> GetCallerIdentityResponse.builder()
                                .arn(call.caller().arn())
                                .build()));
        AwsService dynamoDb = TestCloud.service(
                Models.DYNAMO_DB,
                operations -> operations.register(
                        GetItemRequest.class,
                        Access.resource(GetItemRequest::tableName),
                        (request, call) ->
                                GetItemResponse.builder().item(request.key()).build()));
        AwsService s3 = TestCloud.service(Models.S3, operations -> {
            operations.registerStreaming(PutObjectRequest.class, Access.anyResource(), (request, call) -> {
                objects.put(request.bucket() + "/" + request.key(), call.payload());
                return new Reply<>(PutObjectResponse.builder().eTag("\"tag\"").build());
            });
            operations.route(PutObjectRequest.class, Route.of("PUT", Route.Level.OBJECT));
            operations.registerStreaming(
                    GetObjectRequest.class,
                    Access.anyResource(),
                    (request, call) -> new Reply<>(
                            GetObjectResponse.builder().build(), objects.get(request.bucket() + "/" + request.key())));
            operations.route(GetObjectRequest.class, Route.of("GET", Route.Level.OBJECT));
        });
        try (TestCloud cloud = new TestCloud(sts, dynamoDb, s3);
                StsClient stsClient = cloud.client(StsClient.builder());
                DynamoDbClient dynamoDbClient = cloud.client(DynamoDbClient.builder());
                S3Client s3Client = cloud.client(S3Client.builder())) {
            assertThat(stsClient.getCallerIdentity().arn()).isEqualTo(KeyRing.ALICE.arn());
            Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromN("7"));
            assertThat(dynamoDbClient
                            .getItem(request -> request.tableName("books").key(key))
                            .item())
                    .isEqualTo(key);
            String text = "forty-two ü".repeat(30_000);
            assertThat(s3Client.putObject(
                                    request -> request.bucket("shelf").key("a b/ü+(1)&=$.txt"),
                                    RequestBody.fromString(text))
                            .eTag())
                    .isEqualTo("\"tag\"");
            assertThat(s3Client.getObjectAsBytes(
                                    request -> request.bucket("shelf").key("a b/ü+(1)&=$.txt"))
                            .asString(StandardCharsets.UTF_8))
                    .isEqualTo(text);
            assertThat(cloud.calls).allMatch(call -> call.status() == 200).hasSize(4);
        }
    }
}
