package dev.resilient.cloud.iam;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What IAM's resources have in common.
 *
 * @param path begins and ends with {@code /}
 * @param id unique for ever, also among later entities of the same name
 * @param created to the second
 */
record Entity(String path, String name, String id, String arn, Instant created, SortedMap<String, String> tags) {

    Entity {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    Entity withTags(Map<String, String> changed) {
        return new Entity(path, name, id, arn, created, new TreeMap<>(changed));
    }
}
