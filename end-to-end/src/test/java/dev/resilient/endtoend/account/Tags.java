package dev.resilient.endtoend.account;

import dev.resilient.scenario.base.AwsClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/** The tags of everything in an account that can have tags, but for what every account has. */
final class Tags {
    /** A table, 3 parameters, a bucket, policy, role, profile, 2 security groups, a template, a group, 3 instances, 3 of the balancer; 3 in the template. */
    static final int FEWEST = 21;

    private final AwsClients aws;
    private final Map<String, Map<String, String>> found = new HashMap<>();

    private Tags(AwsClients aws) {
        this.aws = aws;
    }

    /** By the kind of thing and its name. */
    static Map<String, Map<String, String>> of(AwsClients aws) {
        Tags tags = new Tags(aws);
        tags.data();
        tags.identity();
        tags.compute();
        tags.balancing();
        return tags.found;
    }

    private void data() {
        for (String table : aws.dynamoDb().listTables().tableNames()) {
            String arn = aws.dynamoDb()
                    .describeTable(request -> request.tableName(table))
                    .table()
                    .tableArn();
            add(
                    "table " + table,
                    aws.dynamoDb()
                            .listTagsOfResource(request -> request.resourceArn(arn))
                            .tags(),
                    tag -> tag.key(),
                    tag -> tag.value());
        }
        aws.ssm()
                .describeParameters()
                .parameters()
                .forEach(parameter -> add(
                        "parameter " + parameter.name(),
                        aws.ssm()
                                .listTagsForResource(request ->
                                        request.resourceType("Parameter").resourceId(parameter.name()))
                                .tagList(),
                        tag -> tag.key(),
                        tag -> tag.value()));
        aws.s3()
                .listBuckets()
                .buckets()
                .forEach(bucket -> add(
                        "bucket " + bucket.name(),
                        aws.s3()
                                .getBucketTagging(request -> request.bucket(bucket.name()))
                                .tagSet(),
                        tag -> tag.key(),
                        tag -> tag.value()));
    }

    private void identity() {
        var iam = aws.iam();
        iam.listPolicies(request -> request.scope(PolicyScopeType.LOCAL))
                .policies()
                .forEach(policy -> add(
                        "policy " + policy.policyName(),
                        iam.listPolicyTags(request -> request.policyArn(policy.arn()))
                                .tags(),
                        tag -> tag.key(),
                        tag -> tag.value()));
        iam.listRoles().roles().stream()
                .filter(role -> !role.path().startsWith("/aws-service-role/"))
                .forEach(role -> add(
                        "role " + role.roleName(),
                        iam.listRoleTags(request -> request.roleName(role.roleName()))
                                .tags(),
                        tag -> tag.key(),
                        tag -> tag.value()));
        iam.listInstanceProfiles()
                .instanceProfiles()
                .forEach(profile -> add(
                        "instance profile " + profile.instanceProfileName(),
                        iam.listInstanceProfileTags(
                                        request -> request.instanceProfileName(profile.instanceProfileName()))
                                .tags(),
                        tag -> tag.key(),
                        tag -> tag.value()));
    }

    private void compute() {
        var ec2 = aws.ec2();
        ec2.describeSecurityGroups().securityGroups().stream()
                .filter(group -> !group.groupName().equals("default"))
                .forEach(group ->
                        add("security group " + group.groupName(), group.tags(), tag -> tag.key(), tag -> tag.value()));
        ec2.describeLaunchTemplates()
                .launchTemplates()
                .forEach(template -> add(
                        "launch template " + template.launchTemplateName(),
                        template.tags(),
                        tag -> tag.key(),
                        tag -> tag.value()));
        ec2.describeLaunchTemplates().launchTemplates().stream()
                .flatMap(template -> ec2
                        .describeLaunchTemplateVersions(request -> request.launchTemplateId(template.launchTemplateId())
                                .versions("$Default"))
                        .launchTemplateVersions()
                        .stream())
                .flatMap(version -> version.launchTemplateData().tagSpecifications().stream())
                .forEach(each ->
                        add("each " + each.resourceTypeAsString(), each.tags(), tag -> tag.key(), tag -> tag.value()));
        ec2.describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .forEach(instance -> add(
                        "instance " + instance.instanceId(), instance.tags(), tag -> tag.key(), tag -> tag.value()));
        aws.autoScaling()
                .describeAutoScalingGroups()
                .autoScalingGroups()
                .forEach(group -> add(
                        "group " + group.autoScalingGroupName(), group.tags(), tag -> tag.key(), tag -> tag.value()));
    }

    private void balancing() {
        var elb = aws.loadBalancing();
        List<String> balancers = elb.describeLoadBalancers().loadBalancers().stream()
                .map(balancer -> balancer.loadBalancerArn())
                .toList();
        List<String> listeners = balancers.stream()
                .flatMap(arn -> elb.describeListeners(request -> request.loadBalancerArn(arn)).listeners().stream())
                .map(listener -> listener.listenerArn())
                .toList();
        List<String> groups = elb.describeTargetGroups().targetGroups().stream()
                .map(group -> group.targetGroupArn())
                .toList();
        Stream.of(balancers, listeners, groups)
                .flatMap(List::stream)
                .forEach(arn -> add(
                        arn,
                        elb.describeTags(request -> request.resourceArns(arn))
                                .tagDescriptions()
                                .getFirst()
                                .tags(),
                        tag -> tag.key(),
                        tag -> tag.value()));
    }

    private <T> void add(String thing, List<T> tags, Function<T, String> key, Function<T, String> value) {
        found.put(thing, tags.stream().collect(Collectors.toMap(key, value)));
    }
}
