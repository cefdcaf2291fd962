package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.group.TrackingPolicy;
import dev.resilient.cloud.autoscaling.group.TrackingPolicy.Seen;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.DeletePolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.TargetTrackingConfiguration;

/** Puts, shows and deletes target tracking policies. Their alarms are names only: nothing else can be asked about them. */
record ScalingPolicies(CloudContext cloud, GroupStore groups, TargetGroupLink targetGroups) {
    private static final SupportedMembers PUT = SupportedMembers.of("""
        AutoScalingGroupName PolicyName PolicyType TargetTrackingConfiguration EstimatedInstanceWarmup
        Enabled\
        """);
    private static final SupportedMembers CONFIGURATION =
            SupportedMembers.of("PredefinedMetricSpecification TargetValue DisableScaleIn");
    private static final String TYPE = "TargetTrackingScaling";
    private static final int MOST_PER_GROUP = 50;

    void register(OperationRegistry operations) {
        operations.on(PutScalingPolicyRequest.class, groups.named(), this::put);
        operations.act(
                DeletePolicyRequest.class,
                Access.resource(request -> groupOf(request).map(Group::arn).orElse("*")),
                this::delete);
        operations.on(DescribePoliciesRequest.class, this::describe);
    }

    private PutScalingPolicyResponse put(PutScalingPolicyRequest request) {
        String type = request.policyType() == null ? "SimpleScaling" : request.policyType();
        refuseIf(
                !type.equals(TYPE),
                "The policy type '" + type + "' is not supported by this cloud: policies track targets");
        PUT.check(request);
        Group changed = groups.change(request.autoScalingGroupName(), group -> {
            Group put = group.withPolicy(new TrackingPolicy(read(request, group), Seen.NOTHING));
            refuseIf(
                    put.policies().size() > MOST_PER_GROUP,
                    "LimitExceeded",
                    "A group can have " + MOST_PER_GROUP + " scaling policies");
            return put;
        });
        ScalingPolicy put = named(changed, request.policyName()).orElseThrow();
        return Members.copy(put, PutScalingPolicyResponse.builder()).build();
    }

    private ScalingPolicy read(PutScalingPolicyRequest request, Group group) {
        TargetTrackingConfiguration configuration = request.targetTrackingConfiguration();
        if (configuration == null) {
            throw Errors.validation("TargetTrackingConfiguration must be specified for policy type " + TYPE);
        }
        CONFIGURATION.check(configuration);
        refuseIf(configuration.targetValue() <= 0, "TargetValue must be greater than 0");
        checkMetric(configuration.predefinedMetricSpecification(), group);
        Settings.checkSeconds("EstimatedInstanceWarmup", request.estimatedInstanceWarmup());
        boolean scalesIn = !Boolean.TRUE.equals(configuration.disableScaleIn());
        Optional<ScalingPolicy> before = named(group, request.policyName());
        return Members.copy(request, ScalingPolicy.builder().enabled(true))
                .targetTrackingConfiguration(configuration.copy(to -> to.disableScaleIn(!scalesIn)))
                .policyARN(before.map(ScalingPolicy::policyARN).orElseGet(() -> arn(request)))
                .alarms(alarms(group, before.map(ScalingPolicy::alarms).orElse(List.of()), scalesIn))
                .build();
    }

    private void checkMetric(@Nullable PredefinedMetricSpecification metric, Group group) {
        if (metric == null) {
            throw Errors.validation("PredefinedMetricSpecification must be specified");
        }
        refuseIf(
                metric.predefinedMetricType() != MetricType.ALB_REQUEST_COUNT_PER_TARGET,
                "The metric '" + metric.predefinedMetricTypeAsString()
                        + "' is not supported by this cloud: policies track ALBRequestCountPerTarget");
        refuseIf(
                group.attachments().stream()
                        .flatMap(attachment -> targetGroups.traffic(attachment.targetGroupArn()).stream())
                        .noneMatch(traffic -> traffic.resourceLabel().equals(metric.resourceLabel())),
                "The resource label " + metric.resourceLabel()
                        + " does not name a load balancer and a target group that the group is attached to");
    }

    private String arn(PutScalingPolicyRequest request) {
        return cloud.account()
                .arn(
                        "autoscaling",
                        "scalingPolicy:" + cloud.ids().uuid() + ":autoScalingGroupName/"
                                + request.autoScalingGroupName() + ":policyName/" + request.policyName());
    }

    /** One that makes the group grow, and one that makes it shrink if the policy may; those that are there stay. */
    private List<Alarm> alarms(Group group, List<Alarm> before, boolean scalesIn) {
        return Stream.concat(
                        before.stream(),
                        Stream.of("AlarmHigh", "AlarmLow").skip(before.size()).map(which -> alarm(group, which)))
                .limit(scalesIn ? 2 : 1)
                .toList();
    }

    private Alarm alarm(Group group, String which) {
        String name = "TargetTracking-" + group.name() + "-" + which + "-"
                + cloud.ids().uuid();
        return Alarm.builder()
                .alarmName(name)
                .alarmARN(cloud.account().arn("cloudwatch", "alarm:" + name))
                .build();
    }

    private static Optional<ScalingPolicy> named(Group group, String nameOrArn) {
        return group.policies().stream()
                .map(TrackingPolicy::shape)
                .filter(policy -> isNamed(policy, nameOrArn))
                .findFirst();
    }

    private static boolean isNamed(ScalingPolicy policy, String nameOrArn) {
        return policy.policyName().equals(nameOrArn) || policy.policyARN().equals(nameOrArn);
    }

    /** The group that the request names, or the one whose policy it names by its ARN. */
    private Optional<Group> groupOf(DeletePolicyRequest request) {
        return request.autoScalingGroupName() == null
                ? groups.list().stream()
                        .filter(group -> named(group, request.policyName()).isPresent())
                        .findFirst()
                : groups.find(request.autoScalingGroupName());
    }

    private void delete(DeletePolicyRequest request) {
        String name = request.policyName();
        String unknown = "PolicyName not found - No scaling policy found with name or ARN: " + name;
        Group found = groupOf(request).orElseThrow(() -> Errors.validation(unknown));
        groups.change(found.name(), group -> {
            refuseIf(named(group, name).isEmpty(), unknown);
            return group.withPolicies(group.policies().stream()
                    .filter(policy -> !isNamed(policy.shape(), name))
                    .toList());
        });
    }

    private DescribePoliciesResponse describe(DescribePoliciesRequest request) {
        Stream<Group> asked = request.autoScalingGroupName() == null
                ? groups.list().stream()
                : Stream.of(groups.require(request.autoScalingGroupName()));
        List<ScalingPolicy> selected = asked.flatMap(group -> group.policies().stream())
                .map(TrackingPolicy::shape)
                .filter(policy -> request.policyNames().isEmpty()
                        || request.policyNames().stream().anyMatch(name -> isNamed(policy, name)))
                .filter(policy ->
                        request.policyTypes().isEmpty() || request.policyTypes().contains(TYPE))
                .toList();
        return GroupStore.PAGES.answer(
                request,
                DescribePoliciesResponse.builder(),
                selected,
                policy -> policy.autoScalingGroupName() + "/" + policy.policyName(),
                policy -> policy);
    }
}
