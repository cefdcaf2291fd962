package dev.resilient.cli.target;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Finds or starts the target that a command asks for. */
public final class Targets {
    private Targets() {}

    /** A target for one whole run: an account, or a cloud inside this process. */
    public static Target forRun(Kind kind, LocalSettings settings) {
        return switch (kind) {
            case AWS -> AwsAccount.in(System.getenv(), settings.region());
            case LOCAL -> EmbeddedCloud.start(settings);
        };
    }

    /** A target that outlives this command: an account, the endpoint that is named, or a cloud in the background, started if need be. */
    public static Target toDeploy(Kind kind, LocalSettings settings) {
        return switch (kind) {
            case AWS -> AwsAccount.in(System.getenv(), settings.region());
            case LOCAL -> existing(settings).orElseGet(() -> startInBackground(settings));
        };
    }

    /**
     * Where an earlier command deployed.
     *
     * @throws EnvironmentRefused if there is no such place
     */
    public static Target deployed(Kind kind, LocalSettings settings) {
        return switch (kind) {
            case AWS -> AwsAccount.in(System.getenv(), settings.region());
            case LOCAL ->
                existing(settings)
                        .orElseThrow(() -> new EnvironmentRefused(
                                "No local cloud is running: start the service with `resilient deploy` first."));
        };
    }

    /** Where an earlier command may have deployed, if that can be reached now; nothing is started for it. */
    public static Optional<Target> reachable(Kind kind, LocalSettings settings) {
        return switch (kind) {
            case AWS -> Optional.of(AwsAccount.in(System.getenv(), settings.region()));
            case LOCAL ->
                BackgroundCloud.running(DataFolder.cloud())
                        .map(Target.class::cast)
                        .or(() -> GivenEndpoint.in(System.getenv(), settings));
        };
    }

    /** Whether there is a place where an earlier command may have deployed: an account always is one. */
    public static boolean mayHaveDeployment(Kind kind, LocalSettings settings) {
        return switch (kind) {
            case AWS -> true;
            case LOCAL -> existing(settings).isPresent();
        };
    }

    /** Ends the background cloud that was started for a deployment; any other target is left alone. */
    public static void endAfterDestroy(Target target) {
        if (target instanceof BackgroundCloud cloud && cloud.isForDeployment()) {
            CloudProcess.delete(DataFolder.cloud());
        }
    }

    /** The endpoint that the environment names, unless that is the background cloud's own, as {@code cloud env} prints it. */
    private static Optional<Target> existing(LocalSettings settings) {
        Optional<Target> given = GivenEndpoint.in(System.getenv(), settings);
        Optional<Target> own = BackgroundCloud.running(DataFolder.cloud())
                .or(() -> startedAgain(settings))
                .map(Target.class::cast);
        return given.isEmpty() || given.flatMap(Target::endpoint).equals(own.flatMap(Target::endpoint)) ? own : given;
    }

    /** A cloud that has ended, but whose resources are there: nothing that was deployed is ever out of reach. */
    private static Optional<BackgroundCloud> startedAgain(LocalSettings settings) {
        Path folder = DataFolder.cloud();
        if (!CloudProcess.hasResources(folder)) {
            return Optional.empty();
        }
        boolean forDeployment =
                CloudState.last(folder).filter(CloudState::forDeployment).isPresent();
        return Optional.of(new CloudProcess(folder, settings, 0, forDeployment).start());
    }

    private static Target startInBackground(LocalSettings settings) {
        return new CloudProcess(DataFolder.cloud(), settings, 0, true).start();
    }

    /** What the user asks for. */
    public enum Kind {
        /** A cloud on this machine. */
        LOCAL,
        /** An account. */
        AWS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
