package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import java.util.function.Function;

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
    static <I> Access<I> named(CloudContext cloud, GroupStore groups, Function<I, String> name) {
        return Access.resource(request -> of(cloud.account(), groups, name.apply(request)));
    }

    private static String arn(Account account, String id, String name) {
        return account.arn("autoscaling", "autoScalingGroup:" + id + ":autoScalingGroupName/" + name);
    }
}
