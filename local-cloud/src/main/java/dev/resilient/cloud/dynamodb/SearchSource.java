package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.expression.DocumentPath;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.wire.ServiceError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** What Query and Scan look through: a table, or one of its indexes. */
record SearchSource(TableRecord table, Optional<SecondaryIndex> index) {

    /** @throws ServiceError if there is no such index, or it cannot be read so */
    static SearchSource of(TableRecord table, @Nullable String indexName, boolean consistent, long nowNanos) {
        if (indexName == null) {
            return new SearchSource(table, Optional.empty());
        }
        SecondaryIndex index = table.index(indexName)
                .orElseThrow(() -> Validation.error("The table does not have the specified index: " + indexName));
        if (index.life().isPassing(nowNanos)) {
            throw Validation.error("Cannot read from backfilling global secondary index: " + indexName);
        }
        if (consistent && index.definition().global()) {
            throw Validation.error("Consistent reads are not supported on global secondary indexes");
        }
        return new SearchSource(table, Optional.of(index));
    }

    KeySchema schema() {
        return index.map(each -> each.definition().schema()).orElse(table.schema());
    }

    Iterable<Map.Entry<ItemKey, Item>> between(KeyRange range, boolean forward) {
        return index.map(each -> each.between(range, forward))
                .orElseGet(() -> table.items().between(range, forward));
    }

    /** The place that an ExclusiveStartKey names. */
    ItemKey startKey(Map<String, AttributeValue> start) {
        try {
            Map<String, Value> key = AttributeValues.read(start);
            if (index.isEmpty()) {
                return table.schema().keyOf(key);
            }
            Map<String, Value> ofTable = table.schema().keyAttributes(key);
            Map<String, Value> ofIndex = schema().keyAttributes(key);
            Map<String, Value> both = new HashMap<>(ofTable);
            both.putAll(ofIndex);
            if (both.size() != key.size()) {
                throw Validation.error("The provided key element does not match the schema");
            }
            return schema().keyOf(ofIndex).of(table.schema().keyOf(ofTable));
        } catch (ServiceError invalid) {
            throw Validation.error("The provided starting key is invalid: " + invalid.getMessage());
        }
    }

    /** What a LastEvaluatedKey has of an item. */
    Map<String, AttributeValue> keyOf(Item item) {
        Map<String, Value> key = new HashMap<>(table.schema().keyAttributes(item.attributes()));
        index.ifPresent(each -> key.putAll(schema().keyAttributes(item.attributes())));
        return AttributeValues.write(key);
    }

    /** What is returned of each item. */
    Selection selection(@Nullable Select select, Optional<Projection> projection) {
        if (index.isEmpty()) {
            return Selection.of(select, projection);
        }
        IndexDefinition definition = index.get().definition();
        Selection selection = Selection.of(select == Select.ALL_PROJECTED_ATTRIBUTES ? null : select, projection);
        List<String> missing = projection
                .map(paths -> paths.paths().stream()
                        .map(DocumentPath::attribute)
                        .filter(name -> !definition.has(name, table.schema()))
                        .toList())
                .orElse(List.of());
        boolean all = select == Select.ALL_ATTRIBUTES && !definition.hasEverything();
        if (definition.global() && all) {
            throw Validation.invalidParameter("Select type ALL_ATTRIBUTES is not supported for global secondary index "
                    + definition.name() + " because its projection type is not ALL");
        }
        if (definition.global() && !missing.isEmpty()) {
            throw Validation.invalidParameter(
                    "Global secondary index " + definition.name() + " does not project " + missing);
        }
        return all || !missing.isEmpty() ? selection.reading(this::whole) : selection;
    }

    /** An item of a local index as its table has it. */
    private Item whole(Item entry) {
        return table.items().find(table.schema().keyOfItem(entry.attributes())).orElse(entry);
    }
}
