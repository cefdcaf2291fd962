package dev.resilient.cloud.ec2;

import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** The instances of the account. Thread-safe. */
public interface Instances {

    /** Launches instances, each with an address and a process tree of its own. They are {@code pending} when this returns. */
    RunInstancesResponse run(RunInstancesRequest request);

    /** Begins to end instances; they are {@code shutting-down} when this returns. */
    TerminateInstancesResponse terminate(TerminateInstancesRequest request);

    /** The instance with this id, a terminated one included for an hour. */
    Optional<Instance> find(String instanceId);
}
