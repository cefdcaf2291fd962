package dev.resilient.cli;

import dev.resilient.cli.target.EmbeddedCloud;
import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.ServerFiles;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.report.RunReport;
import dev.resilient.time.SystemTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import software.amazon.awssdk.regions.Region;

/**
 * {@code resilient train}: one whole run as fast as it goes, with nothing shown, from which the build makes the ahead-of-time
 * caches. This process records its own; the first server that boots is told to record the servers'.
 */
@Command(name = "train", hidden = true, description = "Play one run silently, for the build's ahead-of-time caches.")
final class TrainCommand implements Callable<Integer> {
    private static final LocalSettings SETTINGS = new LocalSettings("us-west-2", 20);

    @Override
    public Integer call() {
        try (EmbeddedCloud cloud = EmbeddedCloud.start(SETTINGS, ServerFiles.trainingEnvironment());
                AwsClients clients = new AwsClients(Region.of(cloud.region()), cloud.endpoint(), cloud.credentials())) {
            clients.warmUp();
            Deployment deployment = new Deployment(
                    "training",
                    Region.of(cloud.region()),
                    cloud.servicePort(),
                    Optional.empty(),
                    cloud.allowedCidr(),
                    ServerFiles.jar(),
                    new Pacing(cloud.pace()));
            RunReport report =
                    new Scenario(deployment, clients, SystemTime.INSTANCE).run(cloud.name(), Interlude.none(), false);
            return ExitCode.of(report.held()).status();
        }
    }
}
