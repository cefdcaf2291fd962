package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import software.amazon.awssdk.awscore.AwsRequest;

/** The ARNs of groups, as IAM is asked about them too. */
final class GroupArns {
    private GroupArns() {}

    /** A new group's ARN. */
    static String fresh(CloudContext cloud, String name) {
        return arn(cloud.account(), cloud.ids().uuid(), name);
    }

    /** The ARN of the group of this name; with {@code *} for its id if there is none. */
    static String of(Account account, GroupStore groups, String name) {
        return groups.find(name).map(Group::arn).orElseGet(() -> arn(account, "*", name));
    }

    /** The access that concerns the group which a request names. */
    static Access<AwsRequest> named(CloudContext cloud, GroupStore groups) {
        return Access.named("AutoScalingGroupName", name -> of(cloud.account(), groups, name));
    }

    private static String arn(Account account, String id, String name) {
        return account.arn("autoscaling", "autoScalingGroup:" + id + ":autoScalingGroupName/" + name);
    }
}
