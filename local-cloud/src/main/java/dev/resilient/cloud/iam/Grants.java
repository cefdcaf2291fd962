package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.PolicyDocument;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an identity may do.
 *
 * @param attached the ARNs of its managed policies
 * @param inline the policies written into it, by name
 * @param boundary the ARN of the policy that says what it may do at most; null if nothing does
 */
record Grants(
        SortedSet<String> attached,
        SortedMap<String, PolicyDocument> inline,
        @Nullable String boundary) {
    static final Grants NONE = new Grants(new TreeSet<>(), new TreeMap<>(), null);

    Grants {
        attached = Collections.unmodifiableSortedSet(new TreeSet<>(attached));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    }

    Grants changeAttached(Consumer<SortedSet<String>> change) {
        SortedSet<String> changed = new TreeSet<>(attached);
        change.accept(changed);
        return new Grants(changed, inline, boundary);
    }

    Grants changeInline(Consumer<SortedMap<String, PolicyDocument>> change) {
        SortedMap<String, PolicyDocument> changed = new TreeMap<>(inline);
        change.accept(changed);
        return new Grants(attached, changed, boundary);
    }

    Grants within(@Nullable String policyArn) {
        return new Grants(attached, inline, policyArn);
    }
}
