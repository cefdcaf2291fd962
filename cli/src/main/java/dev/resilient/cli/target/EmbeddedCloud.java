package dev.resilient.cli.target;

import dev.resilient.cloud.LocalCloud;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A local cloud that lives inside this process, and whose data folder goes with it. */
public final class EmbeddedCloud implements LocalTarget {
    private final Path folder;
    private final LocalCloud cloud;
    private final LocalSettings settings;

    private EmbeddedCloud(Path folder, LocalCloud cloud, LocalSettings settings) {
        this.folder = folder;
        this.cloud = cloud;
        this.settings = settings;
    }

    /** Starts a cloud of this region and pace. */
    public static EmbeddedCloud start(LocalSettings settings) {
        return start(settings, ServerFiles.instanceEnvironment());
    }

    /** Starts a cloud that gives its instances this environment besides what it gives them itself. */
    public static EmbeddedCloud start(LocalSettings settings, Supplier<Map<String, String>> instanceEnvironment) {
        Path folder = DataFolder.forThisRun(DataFolder.root());
        try {
            return new EmbeddedCloud(folder, settings.start(folder, instanceEnvironment), settings);
        } catch (RuntimeException failure) {
            DataFolder.delete(folder);
            throw failure;
        }
    }

    @Override
    public String region() {
        return settings.region();
    }

    @Override
    public Optional<URI> endpoint() {
        return Optional.of(cloud.endpoint());
    }

    @Override
    public AwsCredentialsProvider credentials() {
        return LocalSettings.credentials(
                cloud.administrator().accessKeyId(), cloud.administrator().secretAccessKey());
    }

    @Override
    public double pace() {
        return settings.pace();
    }

    @Override
    public Optional<Long> realism() {
        return settings.realism();
    }

    @Override
    public void close() {
        try {
            cloud.close();
        } finally {
            DataFolder.delete(folder);
        }
    }
}
