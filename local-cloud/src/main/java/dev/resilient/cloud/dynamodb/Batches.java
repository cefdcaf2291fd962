package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.value.Validation.refuseIf;

import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * BatchGetItem and BatchWriteItem. Everything is checked before anything is done; nothing holds the calls of a batch together
 * after that, as on AWS.
 */
record Batches(Tables tables) {
    private static final int MAX_WRITES = 25;
    private static final int MAX_READS = 100;
    private static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
    private static final String DUPLICATES = "Provided list of item keys contains duplicates";

    /** The reads of one table. */
    private record Reads(
            String requestedName,
            KeysAndAttributes request,
            ItemStore items,
            Map<ItemKey, Map<String, AttributeValue>> keys,
            Optional<Projection> projection) {}

    BatchWriteItemResponse write(BatchWriteItemRequest request) {
        int count =
                request.requestItems().values().stream().mapToInt(List::size).sum();
        refuseIf(count > MAX_WRITES, "Too many items requested for the BatchWriteItem call");
        List<Write> writes = new ArrayList<>();
        request.requestItems().forEach((name, requests) -> writes.addAll(writesOf(name, requests)));
        Map<String, Double> units = new LinkedHashMap<>();
        for (Write write : writes) {
            units.merge(write.items().table(), Capacity.ofWrite(write.make()), Double::sum);
        }
        return BatchWriteItemResponse.builder()
                .unprocessedItems(Map.of())
                .consumedCapacity(Capacity.shown(request.returnConsumedCapacity(), units))
                .build();
    }

    BatchGetItemResponse get(BatchGetItemRequest request) {
        int count = request.requestItems().values().stream()
                .mapToInt(keys -> keys.keys().size())
                .sum();
        refuseIf(count > MAX_READS, "Too many items requested for the BatchGetItem call");
        List<Reads> reads = new ArrayList<>();
        request.requestItems().forEach((name, keys) -> reads.add(readsOf(name, keys)));
        Reading reading = new Reading();
        reads.forEach(reading::read);
        return BatchGetItemResponse.builder()
                .responses(reading.responses)
                .unprocessedKeys(reading.unprocessed)
                .consumedCapacity(Capacity.shown(request.returnConsumedCapacity(), reading.units))
                .build();
    }

    private List<Write> writesOf(String name, List<WriteRequest> requests) {
        ItemStore items = tables.open(name);
        Set<ItemKey> keys = new HashSet<>();
        List<Write> writes = new ArrayList<>();
        for (WriteRequest request : requests) {
            Write write = writeOf(items, request);
            refuseIf(!keys.add(write.key()), DUPLICATES);
            writes.add(write);
        }
        return writes;
    }

    private static Write writeOf(ItemStore items, WriteRequest request) {
        PutRequest put = request.putRequest();
        DeleteRequest delete = request.deleteRequest();
        if (put != null && delete == null) {
            return Write.put(items, AttributeValues.checked(put.item()));
        }
        if (delete != null && put == null) {
            return Write.delete(items, AttributeValues.checked(delete.key()));
        }
        throw Validation.error("Supplied WriteRequest must contain exactly one of PutRequest and DeleteRequest");
    }

    private Reads readsOf(String name, KeysAndAttributes request) {
        Unsupported.refuse(request);
        Optional<Projection> projection = Expressions.of(request).projection();
        ItemStore items = tables.open(name);
        Map<ItemKey, Map<String, AttributeValue>> keys = new LinkedHashMap<>();
        for (Map<String, AttributeValue> key : request.keys()) {
            refuseIf(keys.put(items.schema().keyOf(AttributeValues.checked(key)), key) != null, DUPLICATES);
        }
        return new Reads(name, request, items, keys, projection);
    }

    /** Reads until 16 MB are reached; what is left then goes back as unprocessed. */
    private static final class Reading {
        private final Map<String, List<Map<String, AttributeValue>>> responses = new LinkedHashMap<>();
        private final Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
        private final Map<String, Double> units = new LinkedHashMap<>();
        private int bytes;

        void read(Reads reads) {
            boolean consistent = Boolean.TRUE.equals(reads.request().consistentRead());
            List<Map<String, AttributeValue>> found = new ArrayList<>();
            List<Map<String, AttributeValue>> left = new ArrayList<>();
            reads.keys().forEach((key, attributes) -> {
                Optional<Item> item = reads.items().find(key);
                int size = item.map(Item::size).orElse(0);
                if (bytes + size > MAX_RESPONSE_BYTES) {
                    left.add(attributes);
                    return;
                }
                bytes += size;
                units.merge(reads.items().table(), Capacity.ofRead(size, consistent), Double::sum);
                item.ifPresent(present -> found.add(Items.projected(present, reads.projection())));
            });
            responses.put(reads.requestedName(), found);
            if (!left.isEmpty()) {
                unprocessed.put(
                        reads.requestedName(),
                        reads.request().toBuilder().keys(left).build());
            }
        }
    }
}
