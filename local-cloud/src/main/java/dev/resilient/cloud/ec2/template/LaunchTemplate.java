package dev.resilient.cloud.ec2.template;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

/**
 * A launch template.
 *
 * @param createdBy the ARN of who made it
 * @param defaultVersion the number of the version that {@code $Default} means
 * @param latestVersion the highest number ever given; numbers are never given twice
 * @param versions by number, from 1; never empty
 */
record LaunchTemplate(
        String id,
        String name,
        Instant createdAt,
        String createdBy,
        long defaultVersion,
        long latestVersion,
        SortedMap<Long, Version> versions) {

    /**
     * One version.
     *
     * @param description the owner's words; null for none
     */
    record Version(
            long number,
            @Nullable String description,
            Instant createdAt,
            String createdBy,
            RequestLaunchTemplateData data) {}

    /** With one more version, which gets the next number. */
    LaunchTemplate plus(Version version) {
        SortedMap<Long, Version> after = new TreeMap<>(versions);
        after.put(version.number(), version);
        return new LaunchTemplate(
                id,
                name,
                createdAt,
                createdBy,
                defaultVersion,
                version.number(),
                Collections.unmodifiableSortedMap(after));
    }

    LaunchTemplate minus(long number) {
        SortedMap<Long, Version> after = new TreeMap<>(versions);
        after.remove(number);
        return new LaunchTemplate(
                id,
                name,
                createdAt,
                createdBy,
                defaultVersion,
                latestVersion,
                Collections.unmodifiableSortedMap(after));
    }

    LaunchTemplate withDefault(long number) {
        return new LaunchTemplate(id, name, createdAt, createdBy, number, latestVersion, versions);
    }
}
