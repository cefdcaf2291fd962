package dev.resilient.cloud.iam;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What roles, policies and instance profiles have in common.
 *
 * @param path begins and ends with {@code /}
 * @param id unique for ever, also among later entities of the same name
 * @param created to the second
 */
record Entity(String path, String name, String id, String arn, Instant created, SortedMap<String, String> tags) {

    Entity {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** With these tags added or replaced. */
    Entity withTags(Map<String, String> more) {
        TreeMap<String, String> all = new TreeMap<>(tags);
        all.putAll(more);
        return new Entity(path, name, id, arn, created, all);
    }

    /** The kinds of entities that have an ARN of their own, each with what its ARNs and ids begin with. */
    enum Kind {
        ROLE("role", "AROA"),
        POLICY("policy", "ANPA"),
        INSTANCE_PROFILE("instance-profile", "AIPA");

        private final String resource;
        private final String idPrefix;

        Kind(String resource, String idPrefix) {
            this.resource = resource;
            this.idPrefix = idPrefix;
        }

        String resource() {
            return resource;
        }

        String idPrefix() {
            return idPrefix;
        }
    }
}
