package dev.resilient.cloud.dynamodb;

import java.util.Map;

/**
 * What a table is asked to be, but for its indexes.
 *
 * @param deletionProtected whether DeleteTable is refused
 */
record TableSettings(
        String name, KeySchema schema, Billing billing, boolean deletionProtected, Map<String, String> tags) {

    /** Keeps its own copy of the tags. */
    TableSettings {
        tags = Map.copyOf(tags);
    }

    TableSettings withTags(Map<String, String> newTags) {
        return new TableSettings(name, schema, billing, deletionProtected, newTags);
    }

    TableSettings with(Billing newBilling, boolean newDeletionProtected) {
        return new TableSettings(name, schema, newBilling, newDeletionProtected, tags);
    }
}
