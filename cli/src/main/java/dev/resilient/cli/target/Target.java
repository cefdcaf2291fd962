package dev.resilient.cli.target;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Where the scenario runs, for as long as a command needs it. Closing gives back what opening took. */
public sealed interface Target extends AutoCloseable permits LocalTarget, AwsAccount {

    /** The name in reports: {@code local} or {@code aws}. */
    String name();

    /** As in {@code us-west-2}. */
    String region();

    /** The one endpoint of all services; empty for AWS's own. */
    Optional<URI> endpoint();

    /** Who deploys. */
    AwsCredentialsProvider credentials();

    /** How much faster than AWS the target's waiting goes; 1 on AWS. */
    double pace();

    /** The seed of the bad day that the target's control plane has on purpose; empty if it has none, as AWS. */
    Optional<Long> realism();

    /** From where the deployed service may be called, as a CIDR. */
    String allowedCidr();

    /** The port on which the deployed service listens: 80, or 8080 where this user may not bind lower ones. */
    int servicePort();

    @Override
    void close();
}
