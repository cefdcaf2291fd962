package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.PolicyDocument;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A managed policy.
 *
 * @param versions by number, at least one
 * @param defaultVersion the number of the one that counts
 * @param latestVersion the highest number that was ever given
 */
record PolicyEntity(
        Entity entity, String description, SortedMap<Integer, Version> versions, int defaultVersion, int latestVersion)
        implements Resource<PolicyEntity> {

    PolicyEntity {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /**
     * One version.
     *
     * @param created to the second
     */
    record Version(PolicyDocument document, Instant created) {}

    /** A policy in its first version. */
    static PolicyEntity of(Entity entity, String description, PolicyDocument document) {
        Version first = new Version(document, entity.created());
        return new PolicyEntity(entity, description, new TreeMap<>(Map.of(1, first)), 1, 1);
    }

    /** The document that counts. */
    PolicyDocument document() {
        return version(defaultVersion).document();
    }

    /** A version that is there. */
    Version version(int number) {
        return Objects.requireNonNull(versions.get(number));
    }

    /** When the latest version that is there was made. */
    Instant updated() {
        return version(versions.lastKey()).created();
    }

    /** Whether it is one of AWS's own, which nobody can change. */
    boolean isAwsManaged() {
        return entity.arn().startsWith(AwsManagedPolicies.ARN_PREFIX);
    }

    @Override
    public PolicyEntity with(Entity changed) {
        return new PolicyEntity(changed, description, versions, defaultVersion, latestVersion);
    }

    PolicyEntity withVersion(Version version, boolean asDefault) {
        int number = latestVersion + 1;
        SortedMap<Integer, Version> more = new TreeMap<>(versions);
        more.put(number, version);
        return new PolicyEntity(entity, description, more, asDefault ? number : defaultVersion, number);
    }

    PolicyEntity withoutVersion(int number) {
        SortedMap<Integer, Version> rest = new TreeMap<>(versions);
        rest.remove(number);
        return new PolicyEntity(entity, description, rest, defaultVersion, latestVersion);
    }

    PolicyEntity withDefault(int number) {
        return new PolicyEntity(entity, description, versions, number, latestVersion);
    }
}
