package dev.resilient.cli.target;

import dev.resilient.cloud.LocalCloud;
import dev.resilient.cloud.LocalCloudBuilder;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * What a user chooses about a local cloud.
 *
 * @param region as in {@code us-west-2}
 * @param pace how much faster than AWS its waiting goes, in [1, 100]
 * @param realism the seed of its bad day; empty if it has none
 */
public record LocalSettings(String region, double pace, Optional<Long> realism) {
    private static final double FASTEST = 100;
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d+");

    /**
     * Checks region and pace.
     *
     * @throws IllegalArgumentException with one sentence that says what is wrong and what would be right
     */
    public LocalSettings {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException(
                    "A region (--region, AWS_REGION) looks like us-west-2, but this is \"" + region + "\".");
        }
        if (!(pace >= 1 && pace <= FASTEST)) {
            throw new IllegalArgumentException(
                    "The pace (--pace) is a number from 1 to 100, but this is " + pace + ".");
        }
    }

    /** Settings of a cloud that has no bad days. */
    public LocalSettings(String region, double pace) {
        this(region, pace, Optional.empty());
    }

    /** The same with a bad day. */
    public LocalSettings withRealism(long seed) {
        return new LocalSettings(region, pace, Optional.of(seed));
    }

    /** Starts a local cloud whose resources end with it; its files are in {@code folder}. */
    LocalCloud start(Path folder, Supplier<Map<String, String>> instanceEnvironment) {
        return start(builder(folder, instanceEnvironment));
    }

    /** Starts a local cloud with the resources that are in {@code folder}, on this port of loopback; 0 is any. */
    LocalCloud startLasting(Path folder, int port, Supplier<Map<String, String>> instanceEnvironment) {
        return start(builder(folder, instanceEnvironment).lasting().listenOn(InetAddress.getLoopbackAddress(), port));
    }

    private LocalCloudBuilder builder(Path folder, Supplier<Map<String, String>> instanceEnvironment) {
        LocalCloudBuilder builder =
                LocalCloud.builder().region(region).pace(pace).data(folder).instanceEnvironment(instanceEnvironment);
        realism.ifPresent(builder::realism);
        return builder;
    }

    private static LocalCloud start(LocalCloudBuilder builder) {
        try {
            return builder.start();
        } catch (IllegalStateException unusable) {
            throw new EnvironmentRefused(
                    "The local cloud " + unusable.getMessage()
                            + ": name another folder with --data, or begin anew after `resilient cloud stop --delete`.",
                    unusable);
        } catch (UncheckedIOException refused) {
            throw EnvironmentRefused.because(
                    "The local cloud " + refused.getMessage() + " (choose another port with --port)",
                    Objects.requireNonNull(refused.getCause()));
        }
    }

    static AwsCredentialsProvider credentials(String accessKeyId, String secretAccessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }
}
