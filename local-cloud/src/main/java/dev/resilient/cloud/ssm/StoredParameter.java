package dev.resilient.cloud.ssm;

import static dev.resilient.wire.ServiceError.refuseIf;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * A parameter with its versions, of which the oldest give way once there are a hundred.
 *
 * @param versions as the history shows them; at least one, the newest last
 */
record StoredParameter(List<ParameterHistory> versions, SortedMap<String, String> tags) {
    private static final int VERSIONS_KEPT = 100;
    private static final int TAGS = 50;

    StoredParameter {
        versions = List.copyOf(versions.subList(Math.max(0, versions.size() - VERSIONS_KEPT), versions.size()));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    String name() {
        return newest().name();
    }

    ParameterHistory newest() {
        return versions.getLast();
    }

    /** The version that a reference selects, by its number; null selects the newest. */
    Optional<ParameterHistory> version(@Nullable String selector) {
        return selector == null
                ? Optional.of(newest())
                : versions.stream()
                        .filter(version -> version.version().toString().equals(selector))
                        .findFirst();
    }

    /** With a next version. */
    StoredParameter with(ParameterHistory next) {
        return new StoredParameter(
                Stream.concat(versions.stream(), Stream.of(next)).toList(), tags);
    }

    /** With these tags added or replaced; refused if there are too many then. */
    StoredParameter with(List<Tag> more) {
        SortedMap<String, String> all = new TreeMap<>(tags);
        more.forEach(tag -> all.put(tag.key(), tag.value()));
        refuseIf(all.size() > TAGS, "TooManyTagsError", "A parameter can have at most " + TAGS + " tags.");
        return new StoredParameter(versions, all);
    }

    /** Without the tags that have these keys. */
    StoredParameter without(List<String> keys) {
        SortedMap<String, String> fewer = new TreeMap<>(tags);
        fewer.keySet().removeAll(keys);
        return new StoredParameter(versions, fewer);
    }

    List<Tag> tagList() {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
