package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.PolicyDocument;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A role.
 *
 * @param trust who may assume it
 * @param attached the ARNs of its managed policies
 * @param inline the policies written into it, by name
 */
record RoleEntity(
        Entity entity,
        String description,
        Duration maximumSession,
        PolicyDocument trust,
        SortedSet<String> attached,
        SortedMap<String, PolicyDocument> inline) {

    RoleEntity {
        attached = Collections.unmodifiableSortedSet(new TreeSet<>(attached));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    }

    RoleEntity withEntity(Entity changed) {
        return new RoleEntity(changed, description, maximumSession, trust, attached, inline);
    }

    RoleEntity withTrust(PolicyDocument changed) {
        return new RoleEntity(entity, description, maximumSession, changed, attached, inline);
    }

    RoleEntity changeAttached(Consumer<SortedSet<String>> change) {
        SortedSet<String> changed = new TreeSet<>(attached);
        change.accept(changed);
        return new RoleEntity(entity, description, maximumSession, trust, changed, inline);
    }

    RoleEntity changeInline(Consumer<SortedMap<String, PolicyDocument>> change) {
        SortedMap<String, PolicyDocument> changed = new TreeMap<>(inline);
        change.accept(changed);
        return new RoleEntity(entity, description, maximumSession, trust, attached, changed);
    }
}
