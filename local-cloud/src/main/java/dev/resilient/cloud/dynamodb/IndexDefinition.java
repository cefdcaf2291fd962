package dev.resilient.cloud.dynamodb;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/**
 * What a secondary index is to be.
 *
 * @param schema the attributes by which it finds and orders items
 * @param global whether its hash attribute may be another than the table's
 * @param included attributes that it has beside all keys; empty unless the projection says INCLUDE
 * @param billing the table's own, for an index that is local
 */
record IndexDefinition(
        String name,
        KeySchema schema,
        boolean global,
        ProjectionType projection,
        List<String> included,
        Billing billing) {

    IndexDefinition {
        included = List.copyOf(included);
    }

    boolean hasEverything() {
        return projection == ProjectionType.ALL;
    }

    /** Whether its items have an attribute of items of a table with this key. */
    boolean has(String attribute, KeySchema table) {
        return hasEverything() || attributes(table).anyMatch(attribute::equals);
    }

    private Stream<String> attributes(KeySchema table) {
        return Stream.of(
                        schema.attributes().stream().map(KeyAttribute::name),
                        table.attributes().stream().map(KeyAttribute::name),
                        included.stream())
                .flatMap(names -> names);
    }

    Projection shownProjection() {
        return Projection.builder()
                .projectionType(projection)
                .nonKeyAttributes(included.isEmpty() ? null : included)
                .build();
    }
}
