package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.resource.Resource.Creation;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What AWS answers while a change has not reached all of it: it is still asked for what there is, and does not see it, or sees it
 * in one place and not in another. Everything that is made can be made again, so it is, until AWS agrees with itself.
 */
public final class Propagation {
    private static final Duration WORK = Duration.ofSeconds(30);
    private static final Duration WAITING = Duration.ofMinutes(1);

    /** What was just made is not known yet where it is to be used. */
    private static final Set<String> UNKNOWN = Set.of(
            "InvalidGroup.NotFound",
            "InvalidGroupId.NotFound",
            "InvalidSecurityGroup",
            "InvalidLaunchTemplateName.NotFoundException",
            "ListenerNotFound",
            "LoadBalancerNotFound",
            "NoSuchEntity",
            "ResourceNotFoundException",
            "TargetGroupNotFound");

    /** What was just made was not seen, so that somebody tried to make it again. */
    private static final Set<String> THERE = Set.of(
            "AlreadyExists",
            "BucketAlreadyOwnedByYou",
            "DuplicateListener",
            "DuplicateLoadBalancerName",
            "DuplicateTargetGroupName",
            "InvalidLaunchTemplateName.AlreadyExistsException",
            "InvalidPermission.Duplicate",
            "InvalidPermission.NotFound",
            "ResourceInUseException");

    private Propagation() {}

    /** Creates a resource, again and again while AWS does not agree with itself. */
    public static Creation create(Environment environment, Resource resource) {
        return environment
                .waiting()
                .retry(
                        "the " + resource.kind() + " can be made",
                        limit(environment),
                        Propagation::isUnderWay,
                        resource::create);
    }

    /** How long a change may take to be seen everywhere. */
    static Duration limit(Environment environment) {
        return environment.pacing().limit(WORK, WAITING);
    }

    private static boolean isUnderWay(SdkException failure) {
        return failure instanceof AwsServiceException answered
                && answered.awsErrorDetails() != null
                && (UNKNOWN.contains(answered.awsErrorDetails().errorCode())
                        || THERE.contains(answered.awsErrorDetails().errorCode())
                        || isUnknownProfile(failure));
    }

    /** EC2 and Auto Scaling have no code of its own for an instance profile that they do not know yet. */
    private static boolean isUnknownProfile(SdkException failure) {
        return Failures.mentions(failure, "Invalid IAM Instance Profile");
    }
}
