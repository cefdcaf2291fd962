package dev.resilient.endtoend.account;

import dev.resilient.scenario.base.AwsClients;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/** Lists what is in an account, kind by kind and whoever made it, but for what every account has. */
final class Inventory {
    private Inventory() {}

    /** Each thing by its name, and those that have none by the name of what they are made from. */
    static Set<String> of(AwsClients aws) {
        Set<String> found = new TreeSet<>();
        Stream.of(compute(aws), balancing(aws), identity(aws), data(aws))
                .flatMap(part -> part)
                .forEach(thing -> {
                    // Two of one name are two.
                    String name = thing;
                    for (int copy = 2; !found.add(name); copy++) {
                        name = thing + " #" + copy;
                    }
                });
        return found;
    }

    private static Stream<String> compute(AwsClients aws) {
        return Stream.of(
                        aws.ec2().describeInstancesPaginator().reservations().stream()
                                .flatMap(reservation -> reservation.instances().stream())
                                .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
                                .map(Inventory::instance),
                        aws.ec2().describeSecurityGroupsPaginator().securityGroups().stream()
                                .filter(group -> !group.groupName().equals("default"))
                                .map(group -> "security group " + group.groupName() + " "
                                        + group.ipPermissions().size()),
                        aws.ec2().describeLaunchTemplatesPaginator().launchTemplates().stream()
                                .map(template -> "launch template " + template.launchTemplateName()),
                        aws.autoScaling().describeAutoScalingGroupsPaginator().autoScalingGroups().stream()
                                .map(group ->
                                        "group " + group.autoScalingGroupName() + " of " + group.desiredCapacity()))
                .flatMap(part -> part);
    }

    private static String instance(Instance instance) {
        return "instance " + instance.iamInstanceProfile().arn().replaceAll(".*/", "");
    }

    private static Stream<String> balancing(AwsClients aws) {
        var balancers = aws.loadBalancing().describeLoadBalancersPaginator().loadBalancers().stream()
                .toList();
        return Stream.of(
                        balancers.stream().map(balancer -> "load balancer " + balancer.loadBalancerName()),
                        balancers.stream().flatMap(balancer -> aws
                                .loadBalancing()
                                .describeListenersPaginator(
                                        request -> request.loadBalancerArn(balancer.loadBalancerArn()))
                                .listeners()
                                .stream()
                                .map(listener -> "listener of " + balancer.loadBalancerName())),
                        aws.loadBalancing().describeTargetGroupsPaginator().targetGroups().stream()
                                .map(group -> "target group " + group.targetGroupName()))
                .flatMap(part -> part);
    }

    private static Stream<String> identity(AwsClients aws) {
        return Stream.of(
                        aws.iam().listRolesPaginator().roles().stream()
                                .filter(role -> !role.path().startsWith("/aws-service-role/"))
                                .map(role -> "role " + role.roleName()),
                        aws
                                .iam()
                                .listPoliciesPaginator(request -> request.scope(PolicyScopeType.LOCAL))
                                .policies()
                                .stream()
                                .map(policy ->
                                        "policy " + policy.policyName() + " attached " + policy.attachmentCount()),
                        aws.iam().listInstanceProfilesPaginator().instanceProfiles().stream()
                                .map(profile -> "instance profile " + profile.instanceProfileName() + " with "
                                        + profile.roles().size()))
                .flatMap(part -> part);
    }

    /** Rows of heartbeats are the instances' own, and come as they come. */
    private static String table(AwsClients aws, String name) {
        return name.endsWith("-heartbeats")
                ? "table " + name
                : "table " + name + " with "
                        + aws.dynamoDb()
                                .scan(request -> request.tableName(name))
                                .count();
    }

    private static Stream<String> data(AwsClients aws) {
        return Stream.of(
                        aws.dynamoDb().listTablesPaginator().tableNames().stream()
                                .map(table -> table(aws, table)),
                        aws.ssm().describeParametersPaginator().stream()
                                .flatMap(page -> page.parameters().stream())
                                .map(parameter -> "parameter " + parameter.name() + " = "
                                        + aws.ssm()
                                                .getParameter(request -> request.name(parameter.name()))
                                                .parameter()
                                                .value()),
                        aws.s3().listBuckets().buckets().stream()
                                .map(bucket -> "bucket " + bucket.name() + " with "
                                        + aws.s3()
                                                .listObjectsV2(request -> request.bucket(bucket.name()))
                                                .keyCount()))
                .flatMap(part -> part);
    }
}
