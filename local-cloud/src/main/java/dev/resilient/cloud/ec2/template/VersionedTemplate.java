package dev.resilient.cloud.ec2.template;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/**
 * A launch template.
 *
 * @param shown as EC2 shows it, but for its tags
 * @param versions as EC2 shows them, by ascending numbers; never empty
 */
record VersionedTemplate(LaunchTemplate shown, List<LaunchTemplateVersion> versions) {

    String id() {
        return shown.launchTemplateId();
    }

    /** With one more version, which gets the next number. */
    VersionedTemplate plus(LaunchTemplateVersion.Builder version) {
        long number = shown.latestVersionNumber() + 1;
        LaunchTemplateVersion added = version.launchTemplateId(id())
                .launchTemplateName(shown.launchTemplateName())
                .versionNumber(number)
                .build();
        return new VersionedTemplate(
                shown.toBuilder().latestVersionNumber(number).build(),
                Stream.concat(versions.stream(), Stream.of(added)).toList());
    }

    VersionedTemplate withDefault(LaunchTemplateVersion version) {
        return new VersionedTemplate(
                shown.toBuilder().defaultVersionNumber(version.versionNumber()).build(), versions);
    }

    /** Every version, as EC2 shows it now. */
    Stream<LaunchTemplateVersion> all() {
        return versions.stream().map(version -> version.toBuilder()
                .defaultVersion(version.versionNumber().equals(shown.defaultVersionNumber()))
                .build());
    }

    /**
     * The version that a request names: a number, {@code $Latest}, or {@code $Default}, which null means too.
     *
     * @throws ServiceError {@code InvalidLaunchTemplateId.VersionNotFound}
     */
    LaunchTemplateVersion version(@Nullable String wanted) {
        long number =
                switch (wanted) {
                    case null -> shown.defaultVersionNumber();
                    case "$Default" -> shown.defaultVersionNumber();
                    case "$Latest" -> shown.latestVersionNumber();
                    default -> number(wanted);
                };
        return all().filter(version -> version.versionNumber() == number)
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidLaunchTemplateId.VersionNotFound",
                        "Could not find the specified version " + wanted + " for the launch template with ID " + id()
                                + "."));
    }

    /** The number of a version, which may not exist. */
    private static long number(String text) {
        refuseIf(
                !text.matches("\\d{1,18}"),
                "InvalidLaunchTemplateId.VersionNotFound",
                "The specified version number, " + text + ", is not a valid launch template version.");
        return Long.parseLong(text);
    }
}
