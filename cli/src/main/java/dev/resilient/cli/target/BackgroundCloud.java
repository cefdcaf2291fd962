package dev.resilient.cli.target;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A local cloud in a process of its own, which lives on when the command that uses it ends. */
public final class BackgroundCloud implements LocalTarget {
    private final CloudState state;

    private BackgroundCloud(CloudState state) {
        this.state = state;
    }

    /** The cloud that runs on this folder; empty if none does. */
    public static Optional<BackgroundCloud> running(Path folder) {
        return CloudState.read(folder).map(BackgroundCloud::new);
    }

    /** The cloud's process, unless it has ended. */
    public Optional<ProcessHandle> process() {
        return state.process();
    }

    /** Whether {@code deploy} started it, so that {@code destroy} ends it. */
    public boolean isForDeployment() {
        return state.forDeployment();
    }

    /** The id of the administrator's key, for {@code cloud env}. */
    public String accessKeyId() {
        return state.accessKeyId();
    }

    /** The secret of the administrator's key, for {@code cloud env}. */
    public String secretAccessKey() {
        return state.secretAccessKey();
    }

    @Override
    public String region() {
        return state.region();
    }

    @Override
    public Optional<URI> endpoint() {
        return Optional.of(state.endpoint());
    }

    @Override
    public AwsCredentialsProvider credentials() {
        return LocalSettings.credentials(state.accessKeyId(), state.secretAccessKey());
    }

    @Override
    public double pace() {
        return state.pace();
    }

    @Override
    public Optional<Long> realism() {
        return state.seed();
    }

    /** Lets go of the cloud, which lives on. */
    @Override
    public void close() {
        // Nothing was opened: the cloud belongs to no single command.
    }
}
