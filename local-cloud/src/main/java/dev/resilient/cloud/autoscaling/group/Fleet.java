package dev.resilient.cloud.autoscaling.group;

import dev.resilient.wire.Access;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** What Auto Scaling needs of EC2, in the shapes that EC2's API has. Implementations are thread-safe. */
public interface Fleet {

    /** The zone of a subnet; empty if there is no such subnet. */
    Optional<String> zoneOfSubnet(String subnetId);

    /**
     * The launch template that {@code reference} means now: its id and its name, and its version's number.
     *
     * @throws dev.resilient.wire.ServiceError if there is no such template or version
     */
    LaunchTemplateSpecification resolve(LaunchTemplateSpecification reference);

    /**
     * Does nothing if instances can be launched from the template that {@code reference} means now.
     *
     * @throws dev.resilient.wire.ServiceError in EC2's words if EC2 would refuse to
     */
    void check(LaunchTemplateSpecification reference);

    /** What IAM is asked about whoever wants instances to be launched from this template. */
    List<Access.Question> access(LaunchTemplateSpecification reference);

    /**
     * Starts one instance and returns once it has an id, not once it runs.
     *
     * @throws dev.resilient.wire.ServiceError if it cannot be started; its message becomes the activity's status message
     */
    Instance launch(RunInstancesRequest request);

    /** Terminates an instance; does nothing if there is none or it is on its way out. Returns without waiting for the end. */
    void terminate(String instanceId);

    /** An instance; empty if EC2 does not know it (any more). */
    Optional<Instance> find(String instanceId);
}
