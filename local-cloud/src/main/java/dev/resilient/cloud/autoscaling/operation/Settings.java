package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.plan.TerminationPolicies;
import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** What callers set of a group: put into its shape as it is, and refused where it means nothing. */
record Settings(Account account, Fleet fleet) {
    private static final SupportedMembers UPDATE = SupportedMembers.of("""
        AutoScalingGroupName LaunchTemplate MinSize MaxSize DesiredCapacity DefaultCooldown
        AvailabilityZones VPCZoneIdentifier HealthCheckType HealthCheckGracePeriod DefaultInstanceWarmup
        InstanceMaintenancePolicy TerminationPolicies\
        """);
    private static final SupportedMembers CREATE =
            UPDATE.and(SupportedMembers.of("TargetGroupARNs LifecycleHookSpecificationList Tags"));
    private static final AutoScalingGroup DEFAULTS = AutoScalingGroup.builder()
            .desiredCapacity(0)
            .defaultCooldown(300)
            .healthCheckType("EC2")
            .healthCheckGracePeriod(0)
            .terminationPolicies("Default")
            .newInstancesProtectedFromScaleIn(false)
            .loadBalancerNames(List.of())
            .suspendedProcesses(List.of())
            .enabledMetrics(List.of())
            .tags(List.of())
            .build();
    private static final int NOT_SET = -1;

    /** A new group: an update of what AWS has where nothing is said. */
    AutoScalingGroup read(CreateAutoScalingGroupRequest request) {
        CREATE.check(request);
        return read(request, DEFAULTS);
    }

    /** A group after an update: what the request leaves out stays, and the desired capacity fits the bounds. */
    AutoScalingGroup read(UpdateAutoScalingGroupRequest request, AutoScalingGroup now) {
        UPDATE.check(request);
        return read((SdkPojo) request, now);
    }

    private AutoScalingGroup read(SdkPojo request, AutoScalingGroup now) {
        AutoScalingGroup asked =
                Members.copy(request, AutoScalingGroup.builder()).build();
        AutoScalingGroup.Builder next = Members.copy(request, now.toBuilder());
        resize(asked, now, next);
        LaunchTemplateSpecification template =
                asked.launchTemplate() == null ? now.launchTemplate() : template(asked.launchTemplate());
        refuseIf(
                template == null,
                "Valid requests must contain either launchTemplate, LaunchConfigurationName,"
                        + " InstanceId or MixedInstancesPolicy parameter.");
        place(asked, now, next);
        List<String> policies =
                asked.terminationPolicies().isEmpty() ? now.terminationPolicies() : asked.terminationPolicies();
        AutoScalingGroup read = next.launchTemplate(template).build();
        checkHealthCheckType(read.healthCheckType());
        checkSeconds("HealthCheckGracePeriod", read.healthCheckGracePeriod());
        Integer warmup = unlessUnset(read.defaultInstanceWarmup());
        checkSeconds("DefaultInstanceWarmup", warmup);
        InstanceMaintenancePolicy maintenance = maintenance(read.instanceMaintenancePolicy());
        checkSeconds("DefaultCooldown", read.defaultCooldown());
        checkPolicies(policies);
        return next.terminationPolicies(policies)
                .defaultInstanceWarmup(warmup)
                .instanceMaintenancePolicy(maintenance)
                .build();
    }

    private static void resize(AutoScalingGroup asked, AutoScalingGroup now, AutoScalingGroup.Builder next) {
        int min = asked.minSize() == null ? now.minSize() : asked.minSize();
        int max = asked.maxSize() == null ? now.maxSize() : asked.maxSize();
        refuseIf(min < 0, "Min bound, " + min + ", must be greater than or equal to 0");
        refuseIf(max < min, "Max bound, %d, must be greater than or equal to min bound, %d".formatted(max, min));

        int desired =
                asked.desiredCapacity() == null ? Math.clamp(now.desiredCapacity(), min, max) : asked.desiredCapacity();
        refuseIf(
                desired < min || desired > max,
                "Desired capacity:%d must be between the specified min size:%d and max size:%d"
                        .formatted(desired, min, max));
        next.desiredCapacity(desired);
    }

    /** The launch template that a caller names, which exists, with its version. */
    LaunchTemplateSpecification template(LaunchTemplateSpecification given) {
        refuseIf(
                (given.launchTemplateId() == null) == (given.launchTemplateName() == null),
                "Valid requests must contain either launchTemplateId or launchTemplateName, and not both.");
        LaunchTemplateSpecification reference =
                given.version() == null ? given.copy(to -> to.version("$Default")) : given;
        try {
            fleet.check(reference);
        } catch (ServiceError unknown) {
            throw Errors.validation("You must use a valid fully-formed launch template. " + unknown.getMessage());
        }
        return reference;
    }

    /** The question about a group, and whether the caller may launch what the template says that a request names for it. */
    Access<AwsRequest> launching(Access<AwsRequest> group) {
        return request -> Stream.concat(
                        group.of(request).stream(),
                        Stream.concat(
                                        Stream.of(request),
                                        Members.get(request, "DesiredConfiguration", SdkPojo.class).stream())
                                .flatMap(asked ->
                                        Members.get(asked, "LaunchTemplate", LaunchTemplateSpecification.class)
                                                .stream())
                                .flatMap(this::launching))
                .toList();
    }

    private Stream<Access.Question> launching(LaunchTemplateSpecification template) {
        try {
            String refusal = "You are not authorized to use launch template: "
                    + fleet.resolve(template).launchTemplateId();
            return fleet.access(template).stream().map(question -> question.orElse(refusal));
        } catch (ServiceError unknown) {
            return Stream.empty(); // The operation says so itself.
        }
    }

    /** In zones, or in subnets and their zones; each once. */
    private void place(AutoScalingGroup asked, AutoScalingGroup now, AutoScalingGroup.Builder next) {
        List<String> zones = asked.availabilityZones();
        for (String zone : zones) {
            refuseIf(!account.zones().contains(zone), "Invalid availability zone: " + zone);
        }
        if (asked.vpcZoneIdentifier() != null && !asked.vpcZoneIdentifier().isBlank()) {
            List<String> subnets = Arrays.stream(asked.vpcZoneIdentifier().split(",", -1))
                    .map(String::strip)
                    .toList();
            List<String> theirs = subnets.stream().map(this::zoneOf).distinct().toList();
            refuseIf(
                    !zones.isEmpty() && !Set.copyOf(zones).equals(Set.copyOf(theirs)),
                    "The availability zones of the specified subnets and the Auto Scaling group do not match");
            next.availabilityZones(theirs).vpcZoneIdentifier(String.join(",", subnets));
        } else if (zones.isEmpty()) {
            refuseIf(now.availabilityZones().isEmpty(), "At least one Availability Zone or VPC Subnet is required.");
            next.availabilityZones(now.availabilityZones()).vpcZoneIdentifier(now.vpcZoneIdentifier());
        } else {
            next.availabilityZones(zones.stream().distinct().toList()).vpcZoneIdentifier(null);
        }
    }

    private String zoneOf(String subnetId) {
        return fleet.zoneOfSubnet(subnetId)
                .orElseThrow(() -> Errors.validation("The subnet ID '" + subnetId + "' does not exist"));
    }

    private static void checkHealthCheckType(String type) {
        for (String check : type.split(",", -1)) {
            refuseIf(
                    !check.equals("EC2") && !check.equals("ELB"),
                    "The health check type '" + check
                            + "' is not supported by this cloud: groups use EC2 and ELB health checks");
        }
    }

    private static @Nullable Integer unlessUnset(@Nullable Integer given) {
        return given != null && given == NOT_SET ? null : given;
    }

    private static @Nullable InstanceMaintenancePolicy maintenance(@Nullable InstanceMaintenancePolicy given) {
        if (given == null) {
            return null;
        }
        Integer least = given.minHealthyPercentage();
        Integer most = given.maxHealthyPercentage();
        if (least == null || most == null || (least == NOT_SET) != (most == NOT_SET)) {
            throw Errors.validation(
                    "MinHealthyPercentage and MaxHealthyPercentage of an instance maintenance policy must"
                            + " be set, or unset with -1, together");
        }
        if (least == NOT_SET) {
            return null;
        }
        checkBounds(least, most);
        return given;
    }

    /** How much may be missing and too much while instances are replaced. */
    static void checkBounds(int least, int most) {
        refuseIf(
                least < 0 || least > 100 || most < 100 || most > 200 || most - least > 100,
                "MinHealthyPercentage must be between 0 and 100, MaxHealthyPercentage between 100 and"
                        + " 200, and their difference not more than 100");
    }

    /** Whatever lasts so long. */
    static void checkSeconds(String parameter, @Nullable Integer given) {
        refuseIf(given != null && given < 0, parameter + " must not be negative");
    }

    private static void checkPolicies(List<String> names) {
        refuseIf(
                names.contains("Default") && names.indexOf("Default") < names.size() - 1,
                "The Default termination policy must be the last one");
        for (String name : names) {
            refuseIf(
                    !TerminationPolicies.supports(name),
                    "The termination policy '" + name + "' is not supported by this cloud");
        }
    }
}
