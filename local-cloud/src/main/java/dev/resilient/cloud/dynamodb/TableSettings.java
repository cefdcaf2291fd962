package dev.resilient.cloud.dynamodb;

import java.util.Map;

/** What a new table is asked to be. */
record TableSettings(
        String name, KeySchema schema, Billing billing, boolean deletionProtected, Map<String, String> tags) {

    /** Keeps its own copy of the tags. */
    TableSettings {
        tags = Map.copyOf(tags);
    }
}
