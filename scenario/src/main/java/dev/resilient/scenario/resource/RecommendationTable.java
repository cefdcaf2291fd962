package dev.resilient.scenario.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Waiting.Sight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table that stands for a recommendation service, with its items. */
final class RecommendationTable implements Resource {
    /** The most that one BatchWriteItem takes. */
    private static final int BATCH = 25;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Environment environment;
    private final Ownership ownership;
    private final DynamoDbClient dynamoDb;

    RecommendationTable(Environment environment) {
        this.environment = environment;
        this.ownership = new Ownership(environment.deployment());
        this.dynamoDb = environment.aws().dynamoDb();
    }

    @Override
    public String kind() {
        return "DynamoDB table";
    }

    @Override
    public String name() {
        return environment.names().table();
    }

    @Override
    public void claim() {
        describe().ifPresent(table -> ownership.require(tagsOf(table), kind(), name()));
    }

    @Override
    public Creation create() {
        Optional<TableDescription> found = describe();
        found.ifPresent(table -> ownership.require(tagsOf(table), kind(), name()));
        if (found.isEmpty()) {
            createTable();
        }
        environment.waiting().until("the table is active", LIMIT, () -> {
            Optional<TableStatus> status = describe().map(TableDescription::tableStatus);
            if (status.isEmpty() && found.isPresent()) {
                // Whoever was interrupted had been deleting it.
                createTable();
            }
            return Sight.when(
                    status.filter(TableStatus.ACTIVE::equals).isPresent(),
                    "the table is " + status.map(TableStatus::toString).orElse("not there"));
        });
        // Also for a table that was there: whoever made it may have been interrupted before it had all its items.
        writeItems(items());
        return found.isEmpty() ? Creation.CREATED : Creation.FOUND;
    }

    @Override
    public boolean delete() {
        if (ours().isEmpty()) {
            return false;
        }
        environment
                .waiting()
                .retry("the table can be deleted", LIMIT, ResourceInUseException.class::isInstance, this::deleteTable);
        environment
                .waiting()
                .until("the table is gone", LIMIT, () -> Sight.when(describe().isEmpty(), "it is being deleted"));
        return true;
    }

    @Override
    public List<String> existing() {
        return ours().map(table -> kind() + " " + name() + " (" + table.tableStatus() + ")").stream()
                .toList();
    }

    private Optional<TableDescription> ours() {
        return describe().filter(table -> ownership.isOurs(tagsOf(table)));
    }

    private Optional<TableDescription> describe() {
        try {
            return Optional.of(
                    dynamoDb.describeTable(request -> request.tableName(name())).table());
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    private boolean deleteTable() {
        try {
            dynamoDb.deleteTable(request -> request.tableName(name()));
        } catch (ResourceNotFoundException _) {
            // It is gone, although a moment ago it could still be seen.
        }
        return true;
    }

    private Map<String, String> tagsOf(TableDescription table) {
        try {
            return dynamoDb.listTagsOfResource(request -> request.resourceArn(table.tableArn())).tags().stream()
                    .collect(Collectors.toMap(Tag::key, Tag::value));
        } catch (ResourceNotFoundException _) {
            // It went away between the two questions.
            return Map.of();
        }
    }

    private void createTable() {
        try {
            requestTable();
        } catch (ResourceInUseException _) {
            // It is there, although it could not be seen.
        }
    }

    private void requestTable() {
        dynamoDb.createTable(request -> request.tableName(name())
                .attributeDefinitions(
                        attribute("MediaType", ScalarAttributeType.S), attribute("ItemId", ScalarAttributeType.N))
                .keySchema(key("MediaType", KeyType.HASH), key("ItemId", KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .tags(environment.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private void writeItems(List<Map<String, AttributeValue>> items) {
        for (int from = 0; from < items.size(); from += BATCH) {
            List<WriteRequest> batch = items.subList(from, Math.min(items.size(), from + BATCH)).stream()
                    .map(item -> WriteRequest.builder()
                            .putRequest(PutRequest.builder().item(item).build())
                            .build())
                    .toList();
            writeBatch(batch);
        }
    }

    /** DynamoDB may take only a part of a batch and hand back the rest. */
    private void writeBatch(List<WriteRequest> batch) {
        Map<String, List<WriteRequest>> left = new HashMap<>(Map.of(name(), batch));
        environment.waiting().until("all items are written", LIMIT, () -> {
            var unprocessed = dynamoDb.batchWriteItem(request -> request.requestItems(left))
                    .unprocessedItems();
            left.clear();
            left.putAll(unprocessed);
            return Sight.when(
                    left.isEmpty(), left.getOrDefault(name(), List.of()).size() + " items are left");
        });
    }

    /** The items of the resource file, which is an array in DynamoDB's own JSON. */
    static List<Map<String, AttributeValue>> items() {
        try (InputStream file = Objects.requireNonNull(
                RecommendationTable.class.getResourceAsStream("recommendations.json"), "recommendations.json")) {
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            for (JsonNode item : new ObjectMapper().readTree(file)) {
                Map<String, AttributeValue> attributes = new HashMap<>();
                item.properties().forEach(property -> attributes.put(property.getKey(), value(property.getValue())));
                items.add(attributes);
            }
            return items;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the recommendations", unreadable);
        }
    }

    private static AttributeValue value(JsonNode typed) {
        return typed.has("N")
                ? AttributeValue.fromN(typed.get("N").textValue())
                : AttributeValue.fromS(typed.required("S").textValue());
    }
}
