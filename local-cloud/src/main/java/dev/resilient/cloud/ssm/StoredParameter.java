package dev.resilient.cloud.ssm;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;

/**
 * A parameter with its versions, of which the oldest give way once there are a hundred.
 *
 * @param versions as the history shows them; at least one, the newest last
 */
record StoredParameter(List<ParameterHistory> versions, SortedMap<String, String> tags) {
    private static final int VERSIONS_KEPT = 100;

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

    Optional<ParameterHistory> version(long number) {
        return versions.stream().filter(version -> version.version() == number).findFirst();
    }

    /** With a next version. */
    StoredParameter with(ParameterHistory next) {
        return new StoredParameter(
                Stream.concat(versions.stream(), Stream.of(next)).toList(), tags);
    }

    /** With these tags added or replaced. */
    StoredParameter with(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(tags);
        all.putAll(more);
        return new StoredParameter(versions, all);
    }
}
