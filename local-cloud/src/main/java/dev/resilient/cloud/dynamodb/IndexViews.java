package dev.resilient.cloud.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The secondary indexes of a table as responses show them. */
final class IndexViews {
    private IndexViews() {}

    static void show(TableRecord table, long nowNanos, TableDescription.Builder description) {
        List<GlobalSecondaryIndexDescription> global = table.indexes().stream()
                .filter(index -> index.definition().global())
                .map(index -> global(table, index, nowNanos))
                .toList();
        List<LocalSecondaryIndexDescription> local = table.indexes().stream()
                .filter(index -> !index.definition().global())
                .map(index -> local(table, index))
                .toList();
        if (!global.isEmpty()) {
            description.globalSecondaryIndexes(global);
        }
        if (!local.isEmpty()) {
            description.localSecondaryIndexes(local);
        }
    }

    private static GlobalSecondaryIndexDescription global(TableRecord table, SecondaryIndex index, long nowNanos) {
        IndexDefinition definition = index.definition();
        boolean creating = index.life().isPassing(nowNanos);
        return GlobalSecondaryIndexDescription.builder()
                .indexName(definition.name())
                .indexArn(arn(table, definition))
                .indexStatus(creating ? IndexStatus.CREATING : IndexStatus.ACTIVE)
                .backfilling(creating ? true : null)
                .keySchema(KeySchemas.elements(definition.schema()))
                .projection(definition.shownProjection())
                .provisionedThroughput(definition.billing().throughput())
                .itemCount(index.count())
                .indexSizeBytes(index.bytes())
                .build();
    }

    private static LocalSecondaryIndexDescription local(TableRecord table, SecondaryIndex index) {
        IndexDefinition definition = index.definition();
        return LocalSecondaryIndexDescription.builder()
                .indexName(definition.name())
                .indexArn(arn(table, definition))
                .keySchema(KeySchemas.elements(definition.schema()))
                .projection(definition.shownProjection())
                .itemCount(index.count())
                .indexSizeBytes(index.bytes())
                .build();
    }

    private static String arn(TableRecord table, IndexDefinition definition) {
        return table.arn() + "/index/" + definition.name();
    }
}
