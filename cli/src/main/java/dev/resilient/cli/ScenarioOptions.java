package dev.resilient.cli;

import dev.resilient.cli.target.AwsAccount;
import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.ServerFiles;
import dev.resilient.cli.target.Target;
import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Pacing;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;

/** Options of every command that deals with a deployment. */
final class ScenarioOptions {
    /** What never sends a request to the service, and so need not find out who does, which for an account takes the internet. */
    private static final Set<String> WITHOUT_CALLER = Set.of("status", "destroy");

    private static final String NOBODY = "127.0.0.1/32";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private LocalOptions local;

    @Option(
            names = "--target",
            defaultValue = "local",
            description = "Where: ${COMPLETION-CANDIDATES} (default: local).")
    private Targets.Kind target;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "The AWS profile whose credentials to use (default: as the AWS CLI finds them).")
    private @Nullable String profile;

    @Option(
            names = "--name",
            defaultValue = Deployment.DEFAULT_NAME,
            description = "The deployment's name, which all names derive from (default: resilient).")
    private String name;

    @Option(
            names = "--vpc-id",
            paramLabel = "VPC",
            description = "The VPC to deploy into (default: the account's default VPC).")
    private @Nullable String vpcId;

    @Option(
            names = {"--allow-cidr", "--allow"},
            paramLabel = "CIDR",
            description = "From where the service may be called (default: this machine's address only).")
    private @Nullable String allow;

    @Option(
            names = "--json",
            description = "Print the result as JSON on standard output, and all else on standard error.")
    private boolean json;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before something that costs money or is destroyed.")
    private boolean yes;

    private boolean guarded;

    /** Lets each instance of the deployment run a guard. */
    void guardOnInstances() {
        guarded = true;
    }

    /** What the deployment is called. */
    String name() {
        return name;
    }

    Targets.Kind target() {
        return target;
    }

    /** The region of an account may be the profile's. */
    LocalSettings settings() {
        return target == Targets.Kind.AWS ? local.settings(AwsAccount::regionOfProfile) : local.settings();
    }

    boolean json() {
        return json;
    }

    boolean yes() {
        return yes;
    }

    /** Where results go. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Checks what can be checked before anything is started. */
    void validate() {
        if (profile != null) {
            // The SDK's own property, by which everything in this process finds the profile.
            System.setProperty(ProfileFileSystemSetting.AWS_PROFILE.property(), profile);
        }
        LocalSettings settings = settings();
        deployment(NOBODY, 80, settings.region(), settings.pace());
    }

    /** The deployment that these options describe, at this target. */
    Deployment deployment(Target place) {
        String allowed = allow == null && !WITHOUT_CALLER.contains(command.name()) ? place.allowedCidr() : NOBODY;
        return deployment(allowed, place.servicePort(), place.region(), place.pace());
    }

    private Deployment deployment(String allowed, int port, String region, double pace) {
        Deployment deployment = new Deployment(
                name,
                Region.of(region),
                port,
                Optional.ofNullable(vpcId),
                allow == null ? allowed : allow,
                ServerFiles.jar(),
                new Pacing(pace));
        return guarded ? deployment.guardedBy(ServerFiles.guardJar()) : deployment;
    }
}
