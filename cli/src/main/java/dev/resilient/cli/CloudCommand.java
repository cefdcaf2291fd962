package dev.resilient.cli;

import dev.resilient.cli.target.BackgroundCloud;
import dev.resilient.cli.target.CloudProcess;
import dev.resilient.cli.target.DataFolder;
import dev.resilient.cli.target.EnvironmentRefused;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code resilient cloud}: the local cloud as a long-running endpoint. */
@Command(name = "cloud", description = "The local cloud as an endpoint that lives on in the background.")
final class CloudCommand {

    @Spec
    private CommandSpec spec;

    @Command(name = "start", description = "Start the local cloud; returns when it answers.")
    int start(@Mixin CloudOptions options) {
        BackgroundCloud cloud = options.process(false).start();
        out().println("The local cloud answers at " + cloud.endpoint().orElseThrow() + " (" + cloud.region() + ").");
        cloud.realism().ifPresent(seed -> out().println(Opening.ofBadDay(seed)));
        out().println("Point other programs at it:  eval \"$(resilient cloud env" + options.folder.option() + ")\"");
        return ExitCode.HELD.status();
    }

    @Command(
            name = "stop",
            description =
                    "End the local cloud and every instance in it; its other resources are there when it starts again.")
    int stop(
            @Mixin CloudFolder folder,
            @Option(
                            names = "--delete",
                            description =
                                    "Delete its folder with every resource in it, too, even if it has ended already.")
                    boolean delete) {
        if (delete) {
            CloudProcess.delete(folder.path());
        } else {
            CloudProcess.stop(folder.cloud());
        }
        out().println("The local cloud has ended" + (delete ? ", and its resources are deleted." : "."));
        return ExitCode.HELD.status();
    }

    @Command(name = "status", description = "Say whether the local cloud runs, and where.")
    int status(@Mixin CloudFolder folder) {
        Optional<BackgroundCloud> cloud = BackgroundCloud.running(folder.path());
        out().println(cloud.map(running -> "The local cloud answers at "
                        + running.endpoint().orElseThrow() + " (" + running.region() + ", pace " + running.pace()
                        + running.realism().map(seed -> ", realism " + seed).orElse("")
                        + ", process "
                        + running.process().map(ProcessHandle::pid).orElse(0L) + ").")
                .orElse("No local cloud runs on " + folder.path() + "."));
        return ExitCode.of(cloud.isPresent()).status();
    }

    @Command(name = "env", description = "Print the export lines that point AWS programs at the local cloud.")
    int env(@Mixin CloudFolder folder) {
        BackgroundCloud cloud = folder.cloud();
        out().println("export AWS_ENDPOINT_URL=" + cloud.endpoint().orElseThrow());
        out().println("export AWS_REGION=" + cloud.region());
        out().println("export AWS_DEFAULT_REGION=" + cloud.region());
        out().println("export AWS_ACCESS_KEY_ID=" + cloud.accessKeyId());
        out().println("export AWS_SECRET_ACCESS_KEY=" + cloud.secretAccessKey());
        return ExitCode.HELD.status();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Which folder a background cloud lives in. */
    static final class CloudFolder {
        @Option(names = "--data", paramLabel = "DIR", description = "Its folder (default: cloud, in the data folder).")
        private @Nullable Path data;

        Path path() {
            return data == null ? DataFolder.cloud() : data.toAbsolutePath();
        }

        String option() {
            return DataFolder.option(path());
        }

        BackgroundCloud cloud() {
            return BackgroundCloud.running(path())
                    .orElseThrow(() -> new EnvironmentRefused("No local cloud runs on " + path()
                            + ": start one with `resilient cloud start" + option() + "`."));
        }
    }

    /** How a background cloud is started. */
    static final class CloudOptions {
        @Mixin
        private CloudFolder folder;

        @Mixin
        private LocalOptions local;

        @Mixin
        private RealismOption realism;

        @Option(
                names = "--port",
                defaultValue = "0",
                description = "Where it answers on 127.0.0.1 (default: any free port).")
        private int port;

        CloudProcess process(boolean forDeployment) {
            return new CloudProcess(folder.path(), realism.in(local.settings()), port, forDeployment);
        }
    }
}
