package dev.resilient.scenario.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Waiting.Sight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table that stands for a recommendation service, with its items. */
final class RecommendationTable extends Table {
    /** The most that one BatchWriteItem takes. */
    private static final int BATCH = 25;

    RecommendationTable(Environment environment) {
        super(
                environment,
                environment.names().table(),
                List.of(new Key("MediaType", ScalarAttributeType.S), new Key("ItemId", ScalarAttributeType.N)));
    }

    /** Also for a table that was there: whoever made it may have been interrupted before it had all its items. */
    @Override
    void complete() {
        writeItems(items());
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
        environment().waiting().until("all items are written", limit(), () -> {
            var unprocessed = dynamoDb()
                    .batchWriteItem(request -> request.requestItems(left))
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
