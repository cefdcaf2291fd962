package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.ValueType;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/**
 * Reads what the secondary indexes of a table are to be.
 *
 * @param table the table's own key
 * @param billing the table's own
 * @param types of the attributes that are defined
 */
record IndexReader(KeySchema table, Billing billing, Map<String, ValueType> types, Instant now) {
    private static final int MOST_LOCAL = 5;
    private static final int MOST_GLOBAL = 20;

    /** The indexes of a new table. */
    List<IndexDefinition> read(CreateTableRequest request) {
        List<IndexDefinition> all = Stream.concat(
                        request.localSecondaryIndexes().stream().map(this::local),
                        request.globalSecondaryIndexes().stream().map(this::global))
                .toList();
        checkNumber(all);
        return all;
    }

    /** Refuses indexes of the same name, and too many. */
    static void checkNumber(List<IndexDefinition> all) {
        Set<String> names = new HashSet<>();
        for (IndexDefinition index : all) {
            if (!names.add(index.name())) {
                throw Validation.invalidParameter("Duplicate index name: " + index.name());
            }
        }
        long global = all.stream().filter(IndexDefinition::global).count();
        if (global > MOST_GLOBAL) {
            throw Validation.invalidParameter(
                    "GlobalSecondaryIndex count exceeds the per-table limit of " + MOST_GLOBAL);
        }
        if (all.size() - global > MOST_LOCAL) {
            throw Validation.invalidParameter(
                    "Number of LocalSecondaryIndexes exceeds per-table limit of " + MOST_LOCAL);
        }
    }

    private IndexDefinition local(LocalSecondaryIndex index) {
        KeySchema schema = KeySchemas.read(index.keySchema(), types);
        if (table.range().isEmpty()) {
            throw Validation.invalidParameter("Table KeySchema does not have a range key, which is required when "
                    + "specifying a LocalSecondaryIndex");
        }
        if (schema.range().isEmpty()) {
            throw Validation.invalidParameter(
                    "Index KeySchema does not have a range key for index: " + index.indexName());
        }
        if (!schema.hash().equals(table.hash())) {
            throw Validation.invalidParameter(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                            + index.indexName() + ". index hash key: "
                            + schema.hash().name() + ", table hash key: "
                            + table.hash().name());
        }
        return definition(index.indexName(), schema, false, index.projection(), billing);
    }

    private IndexDefinition global(GlobalSecondaryIndex index) {
        Unsupported.refuse("OnDemandThroughput", index.onDemandThroughput() != null);
        Unsupported.refuse("WarmThroughput", index.warmThroughput() != null);
        return definition(
                index.indexName(),
                KeySchemas.read(index.keySchema(), types),
                true,
                index.projection(),
                billing(index.indexName(), index.provisionedThroughput()));
    }

    IndexDefinition global(CreateGlobalSecondaryIndexAction action) {
        return global(GlobalSecondaryIndex.builder()
                .indexName(action.indexName())
                .keySchema(action.keySchema())
                .projection(action.projection())
                .provisionedThroughput(action.provisionedThroughput())
                .onDemandThroughput(action.onDemandThroughput())
                .warmThroughput(action.warmThroughput())
                .build());
    }

    private Billing billing(String name, @Nullable ProvisionedThroughput throughput) {
        if (billing.mode() == BillingMode.PROVISIONED && throughput == null) {
            throw Validation.invalidParameter("ProvisionedThroughput is not specified for index: " + name);
        }
        return Billing.read(billing.mode(), throughput, null, now);
    }

    private static IndexDefinition definition(
            String name, KeySchema schema, boolean global, @Nullable Projection projection, Billing billing) {
        if (projection == null || projection.projectionType() == null) {
            throw Validation.invalidParameter("Unknown ProjectionType: null");
        }
        boolean includes = projection.projectionType() == ProjectionType.INCLUDE;
        if (includes != projection.hasNonKeyAttributes()) {
            throw Validation.invalidParameter(
                    includes
                            ? "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"
                            : "ProjectionType is " + projection.projectionType()
                                    + ", but NonKeyAttributes is specified");
        }
        return new IndexDefinition(
                name, schema, global, projection.projectionType(), projection.nonKeyAttributes(), billing);
    }
}
