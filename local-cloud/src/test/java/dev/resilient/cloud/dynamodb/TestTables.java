package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A DynamoDB of which every registered operation can be called as the wire would, on a clock that the test moves. */
final class TestTables {
    static final Account ACCOUNT = Account.inRegion("us-west-2");
    private static final Duration LONGER_THAN_ANY_CHANGE = Duration.ofMinutes(1);

    final ManualTime time = new ManualTime();
    final OperationRegistry operations = new OperationRegistry("dynamodb");

    TestTables() {
        this(Pace.REAL);
    }

    TestTables(Pace pace) {
        this(pace, ResourceStore.inMemory());
    }

    TestTables(Pace pace, ResourceStore store) {
        CloudContext shared = TestContext.at(time, pace, new CloudEvents());
        new DynamoDb(new CloudContext(shared.account(), pace, time, shared.ids(), shared.events(), store))
                .register(operations);
    }

    /** Calls the operation that takes this request. */
    // An operation is registered under the class of its request, and which response goes with that the caller knows.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <I extends AwsRequest, O extends AwsResponse> O call(I request) {
        String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
        Operation<I, O> operation =
                (Operation<I, O>) operations.find(name).orElseThrow(() -> new AssertionError("no " + name));
        Call call = new Call(
                new Caller(ACCOUNT.id(), "arn:aws:iam::123456789012:user/test", "AIDA"),
                "id",
                new byte[0],
                Gate.Origin.NONE,
                new OpenGate());
        return operation.handler().handle(request, call).response();
    }

    /** Makes a table that is ACTIVE, with the given hash key and perhaps a range key, both as {@code name:TYPE}. */
    void create(String table, String... keys) {
        call(definition(table, keys).build());
        time.advance(LONGER_THAN_ANY_CHANGE);
    }

    static CreateTableRequest.Builder definition(String table, String... keys) {
        List<String[]> parts = List.of(keys).stream().map(key -> key.split(":")).toList();
        return CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(parts.stream()
                        .map(part -> AttributeDefinition.builder()
                                .attributeName(part[0])
                                .attributeType(ScalarAttributeType.fromValue(part[1]))
                                .build())
                        .toList())
                .keySchema(parts.stream()
                        .map(part -> KeySchemaElement.builder()
                                .attributeName(part[0])
                                .keyType(part == parts.getFirst() ? KeyType.HASH : KeyType.RANGE)
                                .build())
                        .toList());
    }

    void put(String table, Map<String, AttributeValue> item) {
        call(PutItemRequest.builder().tableName(table).item(item).build());
    }

    Map<String, AttributeValue> get(String table, Map<String, AttributeValue> key) {
        return get(table, key, _ -> {}).item();
    }

    GetItemResponse get(String table, Map<String, AttributeValue> key, Consumer<GetItemRequest.Builder> more) {
        GetItemRequest.Builder request =
                GetItemRequest.builder().tableName(table).key(key);
        more.accept(request);
        return call(request.build());
    }

    static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
