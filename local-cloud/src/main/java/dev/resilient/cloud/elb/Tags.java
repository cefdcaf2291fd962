package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.ServiceError;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** The tags of resources by ARN. Thread-safe. */
final class Tags {
    private static final int MOST = 50;
    private final ResourceMap<Map<String, String>> tags;

    Tags(ResourceMap<Map<String, String>> tags) {
        this.tags = tags;
    }

    /** Tags in the order given, checked, so that {@link #add} cannot refuse them for a new resource. */
    static Map<String, String> read(List<Tag> given) {
        Map<String, String> read = new LinkedHashMap<>();
        for (Tag tag : given) {
            if (read.put(tag.key(), tag.value() == null ? "" : tag.value()) != null) {
                throw ServiceError.badRequest(
                        "DuplicateTagKeys", "The tag key '" + tag.key() + "' was specified more than once");
            }
            refuseIf(
                    tag.key().startsWith("aws:"),
                    () -> Errors.validation("The tag key '" + tag.key() + "' begins with the reserved prefix aws:"));
        }
        checkNumber(read);
        return read;
    }

    private static Map<String, String> checkNumber(Map<String, String> all) {
        refuseIf(
                all.size() > MOST,
                () -> ServiceError.badRequest("TooManyTags", "A resource cannot have more than " + MOST + " tags"));
        return all;
    }

    /** Does nothing if {@link #add} would succeed; otherwise throws what that would throw. */
    void checkAdding(String arn, Map<String, String> added) {
        with(tags.find(arn).orElse(null), added);
    }

    private static Map<String, String> with(@Nullable Map<String, String> now, Map<String, String> added) {
        Map<String, String> next = new LinkedHashMap<>(now == null ? Map.of() : now);
        next.putAll(added);
        return checkNumber(next);
    }

    void add(String arn, Map<String, String> added) {
        if (!tags.create(arn, with(null, added))) {
            tags.update(arn, now -> with(now, added));
        }
    }

    void remove(String arn, List<String> keys) {
        Set<String> removed = new HashSet<>(keys);
        tags.update(arn, now -> {
            Map<String, String> next = new LinkedHashMap<>(now);
            next.keySet().removeAll(removed);
            return next;
        });
    }

    /** The resource is gone, and its tags with it. */
    void forget(String arn) {
        tags.remove(arn);
    }

    List<Tag> of(String arn) {
        return tags.find(arn).orElse(Map.of()).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
