package dev.resilient.cloud.ssm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * A parameter with its versions, of which the oldest give way once there are a hundred.
 *
 * @param type never changes
 * @param versions at least one, the newest last
 */
record StoredParameter(String name, ParameterType type, List<Version> versions, SortedMap<String, String> tags) {
    private static final int VERSIONS_KEPT = 100;

    StoredParameter {
        versions = List.copyOf(versions);
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    Version newest() {
        return versions.getLast();
    }

    Optional<Version> version(long number) {
        return versions.stream().filter(version -> version.number() == number).findFirst();
    }

    /** With {@code content} as its next version. */
    StoredParameter withNext(Content content, Instant modified, String modifiedBy) {
        List<Version> all = new ArrayList<>(versions);
        all.add(new Version(newest().number() + 1, content, modified, modifiedBy));
        return new StoredParameter(name, type, all.subList(Math.max(0, all.size() - VERSIONS_KEPT), all.size()), tags);
    }

    /** With these tags added or replaced. */
    StoredParameter withTags(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(tags);
        all.putAll(more);
        return new StoredParameter(name, type, versions, all);
    }

    /**
     * One version.
     *
     * @param number from 1 upwards
     * @param modifiedBy the ARN of who put it
     */
    record Version(long number, Content content, Instant modified, String modifiedBy) {}

    /**
     * What a caller puts.
     *
     * @param dataType {@code text} or {@code aws:ec2:image}
     * @param description null for none
     * @param allowedPattern the regular expression that the value satisfies; null for none
     * @param keyId the key that a secure string names; null for other types
     */
    record Content(
            String value,
            ParameterTier tier,
            String dataType,
            @Nullable String description,
            @Nullable String allowedPattern,
            @Nullable String keyId) {}
}
