package dev.resilient.cloud.identity;

import dev.resilient.wire.shape.Members;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Reads the condition keys that a request decides. A service calls most of its keys as it calls members of its requests, or S3 the
 * names on the wire: {@code ssm:Overwrite}, {@code sts:ExternalId}, {@code s3:max-keys}. What is called something with tags has tags.
 *
 * @param keys where they go
 * @param resource the ARN that is asked about
 */
record RequestKeys(Map<String, List<String>> keys, String resource) {

    /** Adds the keys of a request, with the prefix of the service that is asked for something; what names the resource is none. */
    void add(String service, SdkPojo request) {
        for (SdkField<?> field : request.sdkFields()) {
            Object value = field.getValueOrDefault(request);
            List<String> texts = texts(value);
            if (!texts.isEmpty() && !texts.contains(resource)) {
                keys.put(service + ":" + field.memberName(), texts);
                keys.put(service + ":" + field.locationName(), texts);
            }
            if (field.memberName().startsWith("Tag") && value instanceof Collection<?> tags) {
                tags.forEach(this::addTags);
            }
        }
    }

    /** A tag, its key, or what has tags; those for resources of another type, which are made along with it, do not count. */
    private void addTags(Object tags) {
        if (tags instanceof String key) {
            addTag(key, Optional.empty());
        } else if (tags instanceof SdkPojo tag && Members.has(tag, "Key")) {
            Members.get(tag, "Key", String.class)
                    .ifPresent(key -> addTag(key, Members.get(tag, "Value", String.class)));
        } else if (tags instanceof SdkPojo several && isForResource(several)) {
            Members.list(several, "Tags", SdkPojo.class).forEach(this::addTags);
        }
    }

    private boolean isForResource(SdkPojo tags) {
        return Members.get(tags, "ResourceType", String.class)
                .filter(type -> !resource.contains(":" + type + "/"))
                .isEmpty();
    }

    private void addTag(String key, Optional<String> value) {
        value.ifPresent(text -> keys.put("aws:RequestTag/" + key, List.of(text)));
        keys.merge("aws:TagKeys", List.of(key), (some, more) -> Stream.concat(some.stream(), more.stream())
                .toList());
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case Object one
            when one instanceof String || one instanceof Number || one instanceof Boolean -> List.of(one.toString());
            case Collection<?> several ->
                several.stream().flatMap(each -> texts(each).stream()).toList();
            case null, default -> List.of();
        };
    }
}
