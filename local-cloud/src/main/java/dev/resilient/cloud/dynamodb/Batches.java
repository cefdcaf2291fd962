package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.Expressions;
import dev.resilient.expression.Projection;
import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.Item;
import dev.resilient.expression.value.Validation;
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
 * after that, as on AWS. A read ends at 16 MB; what is left then goes back as unprocessed.
 */
record Batches(Tables tables) {
    private static final int MAX_WRITES = 25;
    private static final int MAX_READS = 100;
    private static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
    private static final String DUPLICATES = "Provided list of item keys contains duplicates";

    /** The read of one item, from the table that the request calls so. */
    private record Read(
            String table,
            KeysAndAttributes request,
            ItemStore items,
            ItemKey key,
            Map<String, AttributeValue> requested,
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
        List<Read> reads = new ArrayList<>();
        request.requestItems().forEach((name, keys) -> reads.addAll(readsOf(name, keys)));
        Map<String, List<Map<String, AttributeValue>>> found = new LinkedHashMap<>();
        Map<String, List<Map<String, AttributeValue>>> left = new LinkedHashMap<>();
        Map<String, Double> units = new LinkedHashMap<>();
        int bytes = 0;
        for (Read read : reads) {
            List<Map<String, AttributeValue>> shown = found.computeIfAbsent(read.table(), _ -> new ArrayList<>());
            Optional<Item> item = read.items().find(read.key());
            int size = item.map(Item::size).orElse(0);
            if (bytes + size > MAX_RESPONSE_BYTES) {
                left.computeIfAbsent(read.table(), _ -> new ArrayList<>()).add(read.requested());
                continue;
            }
            bytes += size;
            boolean consistent = Boolean.TRUE.equals(read.request().consistentRead());
            units.merge(read.items().table(), Capacity.ofRead(size, consistent), Double::sum);
            item.ifPresent(present -> shown.add(Items.projected(present, read.projection())));
        }
        Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
        request.requestItems().forEach((name, keys) -> {
            if (left.containsKey(name)) {
                unprocessed.put(name, keys.toBuilder().keys(left.get(name)).build());
            }
        });
        return BatchGetItemResponse.builder()
                .responses(found)
                .unprocessedKeys(unprocessed)
                .consumedCapacity(Capacity.shown(request.returnConsumedCapacity(), units))
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

    private List<Read> readsOf(String name, KeysAndAttributes request) {
        Unsupported.refuse(request);
        Optional<Projection> projection = Expressions.of(request).projection();
        ItemStore items = tables.open(name);
        Set<ItemKey> keys = new HashSet<>();
        List<Read> reads = new ArrayList<>();
        for (Map<String, AttributeValue> requested : request.keys()) {
            ItemKey key = items.schema().keyOf(AttributeValues.checked(requested));
            refuseIf(!keys.add(key), DUPLICATES);
            reads.add(new Read(name, request, items, key, requested, projection));
        }
        return reads;
    }
}
