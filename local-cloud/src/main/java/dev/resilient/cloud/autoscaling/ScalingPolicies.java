package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.ScalingPolicy.Seen;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.DeletePolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyResponse;
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
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.on(PutScalingPolicyRequest.class, group, this::put);
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
                () -> Errors.validation(
                        "The policy type '" + type + "' is not supported by this cloud: policies track targets"));
        PUT.check(request);
        ScalingPolicy.Ids fresh = new ScalingPolicy.Ids(
                cloud.ids().uuid(), cloud.ids().uuid(), cloud.ids().uuid());
        Group changed = groups.change(request.autoScalingGroupName(), group -> {
            Optional<ScalingPolicy> before = named(group, request.policyName());
            ScalingPolicy policy =
                    read(request, group, before.map(ScalingPolicy::id).orElse(fresh));
            List<ScalingPolicy> policies = new ArrayList<>(group.policies());
            before.ifPresent(policies::remove);
            policies.add(policy);
            refuseIf(
                    policies.size() > MOST_PER_GROUP,
                    () -> ServiceError.badRequest(
                            "LimitExceeded", "A group can have " + MOST_PER_GROUP + " scaling policies"));
            return group.withPolicies(policies);
        });
        ScalingPolicy policy = named(changed, request.policyName()).orElseThrow();
        return PutScalingPolicyResponse.builder()
                .policyARN(arn(changed, policy))
                .alarms(alarms(changed, policy))
                .build();
    }

    private ScalingPolicy read(PutScalingPolicyRequest request, Group group, ScalingPolicy.Ids id) {
        TargetTrackingConfiguration configuration = request.targetTrackingConfiguration();
        if (configuration == null) {
            throw Errors.validation("TargetTrackingConfiguration must be specified for policy type " + TYPE);
        }
        CONFIGURATION.check(configuration);
        refuseIf(configuration.targetValue() <= 0, () -> Errors.validation("TargetValue must be greater than 0"));
        return new ScalingPolicy(
                request.policyName(),
                id,
                resourceLabel(configuration.predefinedMetricSpecification(), group),
                configuration.targetValue(),
                !Boolean.TRUE.equals(configuration.disableScaleIn()),
                Optional.ofNullable(request.estimatedInstanceWarmup())
                        .map(seconds -> SettingsReader.seconds("EstimatedInstanceWarmup", seconds, Duration.ZERO)),
                !Boolean.FALSE.equals(request.enabled()),
                Seen.NOTHING);
    }

    private String resourceLabel(@Nullable PredefinedMetricSpecification metric, Group group) {
        if (metric == null) {
            throw Errors.validation("PredefinedMetricSpecification must be specified");
        }
        refuseIf(
                metric.predefinedMetricType() != MetricType.ALB_REQUEST_COUNT_PER_TARGET,
                () -> Errors.validation("The metric '" + metric.predefinedMetricTypeAsString()
                        + "' is not supported by this cloud: policies track ALBRequestCountPerTarget"));
        return group.attachments().stream()
                .flatMap(attachment -> targetGroups.traffic(attachment.targetGroupArn()).stream())
                .map(TargetGroupLink.Traffic::resourceLabel)
                .filter(label -> label.equals(metric.resourceLabel()))
                .findFirst()
                .orElseThrow(() -> Errors.validation("The resource label " + metric.resourceLabel()
                        + " does not name a load balancer and a target group that the group is attached to"));
    }

    private static Optional<ScalingPolicy> named(Group group, String name) {
        return group.policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst();
    }

    /** The group that the request names, or the one whose policy it names by its ARN. */
    private Optional<Group> groupOf(DeletePolicyRequest request) {
        if (request.autoScalingGroupName() != null) {
            return groups.find(request.autoScalingGroupName());
        }
        return groups.list().stream()
                .filter(group ->
                        group.policies().stream().anyMatch(policy -> isNamed(group, policy, request.policyName())))
                .findFirst();
    }

    private boolean isNamed(Group group, ScalingPolicy policy, String nameOrArn) {
        return policy.name().equals(nameOrArn) || arn(group, policy).equals(nameOrArn);
    }

    private void delete(DeletePolicyRequest request) {
        String name = request.policyName();
        Group found = groupOf(request).orElseThrow(() -> Errors.noSuchPolicy(name));
        groups.change(found.name(), group -> {
            List<ScalingPolicy> left = group.policies().stream()
                    .filter(policy -> !isNamed(group, policy, name))
                    .toList();
            refuseIf(left.size() == group.policies().size(), () -> Errors.noSuchPolicy(name));
            return group.withPolicies(left);
        });
    }

    private DescribePoliciesResponse describe(DescribePoliciesRequest request) {
        Stream<Group> asked = request.autoScalingGroupName() == null
                ? groups.list().stream()
                : Stream.of(groups.require(request.autoScalingGroupName()));
        List<software.amazon.awssdk.services.autoscaling.model.ScalingPolicy> selected = asked.flatMap(
                        group -> group.policies().stream()
                                .filter(policy -> request.policyNames().isEmpty()
                                        || request.policyNames().stream()
                                                .anyMatch(name -> isNamed(group, policy, name)))
                                .map(policy -> view(group, policy)))
                .filter(policy ->
                        request.policyTypes().isEmpty() || request.policyTypes().contains(TYPE))
                .toList();
        return AutoScaling.PAGES.answer(
                request,
                DescribePoliciesResponse.builder(),
                selected,
                policy -> policy.autoScalingGroupName() + "/" + policy.policyName(),
                item -> item);
    }

    private software.amazon.awssdk.services.autoscaling.model.ScalingPolicy view(Group group, ScalingPolicy policy) {
        return software.amazon.awssdk.services.autoscaling.model.ScalingPolicy.builder()
                .autoScalingGroupName(group.name())
                .policyName(policy.name())
                .policyARN(arn(group, policy))
                .policyType(TYPE)
                .targetTrackingConfiguration(TargetTrackingConfiguration.builder()
                        .predefinedMetricSpecification(PredefinedMetricSpecification.builder()
                                .predefinedMetricType(MetricType.ALB_REQUEST_COUNT_PER_TARGET)
                                .resourceLabel(policy.resourceLabel())
                                .build())
                        .targetValue(policy.target())
                        .disableScaleIn(!policy.scalesIn())
                        .build())
                .estimatedInstanceWarmup(
                        policy.warmup().map(warmup -> (int) warmup.toSeconds()).orElse(null))
                .enabled(policy.enabled())
                .alarms(alarms(group, policy))
                .build();
    }

    private String arn(Group group, ScalingPolicy policy) {
        return cloud.account()
                .arn(
                        "autoscaling",
                        "scalingPolicy:" + policy.id().policy() + ":autoScalingGroupName/" + group.name()
                                + ":policyName/" + policy.name());
    }

    private List<Alarm> alarms(Group group, ScalingPolicy policy) {
        Stream<String> names = policy.scalesIn()
                ? Stream.of(TargetTracking.alarmHigh(group, policy), TargetTracking.alarmLow(group, policy))
                : Stream.of(TargetTracking.alarmHigh(group, policy));
        return names.map(name -> Alarm.builder()
                        .alarmName(name)
                        .alarmARN(cloud.account().arn("cloudwatch", "alarm:" + name))
                        .build())
                .toList();
    }
}
