package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
import dev.resilient.cloud.autoscaling.GroupSettings.HealthCheck;
import dev.resilient.cloud.autoscaling.GroupSettings.Placement;
import dev.resilient.cloud.autoscaling.GroupSettings.Site;
import dev.resilient.cloud.autoscaling.Turnover.Bounds;
import dev.resilient.cloud.base.Account;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** Reads a group's settings out of requests, and refuses those that mean nothing. */
record SettingsReader(Account account, Fleet fleet) {
    private static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(5);
    private static final int NOT_SET = -1;
    private static final String DEFAULT_VERSION = "$Default";

    /** The settings of a new group. */
    GroupSettings read(CreateAutoScalingGroupRequest request) {
        int desired = request.desiredCapacity() == null ? request.minSize() : request.desiredCapacity();
        return new GroupSettings(
                capacity(request.minSize(), request.maxSize(), desired),
                template(request.launchTemplate())
                        .orElseThrow(() -> Errors.validation("Valid requests must contain either launchTemplate,"
                                + " LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.")),
                placement(request.availabilityZones(), request.vpcZoneIdentifier())
                        .orElseThrow(
                                () -> Errors.validation("At least one Availability Zone or VPC Subnet is required.")),
                new HealthCheck(
                        healthCheckType(request.healthCheckType(), "EC2"),
                        seconds("HealthCheckGracePeriod", request.healthCheckGracePeriod(), Duration.ZERO)),
                warmup(request.defaultInstanceWarmup(), Optional.empty()),
                maintenance(request.instanceMaintenancePolicy(), Optional.empty()),
                seconds("DefaultCooldown", request.defaultCooldown(), DEFAULT_COOLDOWN),
                policies(request.terminationPolicies()).orElse(List.of(TerminationPolicy.DEFAULT)));
    }

    /** The settings of a group after an update: what the request leaves out stays, and the desired capacity fits the bounds. */
    GroupSettings read(UpdateAutoScalingGroupRequest request, GroupSettings now) {
        int min = request.minSize() == null ? now.capacity().min() : request.minSize();
        int max = request.maxSize() == null ? now.capacity().max() : request.maxSize();
        checkBounds(min, max);
        int desired = request.desiredCapacity() == null
                ? Math.clamp(now.capacity().desired(), min, max)
                : request.desiredCapacity();
        return new GroupSettings(
                capacity(min, max, desired),
                template(request.launchTemplate()).orElse(now.template()),
                placement(request.availabilityZones(), request.vpcZoneIdentifier())
                        .orElse(now.placement()),
                new HealthCheck(
                        healthCheckType(
                                request.healthCheckType(), now.healthCheck().type()),
                        seconds("HealthCheckGracePeriod", request.healthCheckGracePeriod(), now.gracePeriod())),
                warmup(request.defaultInstanceWarmup(), now.defaultInstanceWarmup()),
                maintenance(request.instanceMaintenancePolicy(), now.maintenance()),
                seconds("DefaultCooldown", request.defaultCooldown(), now.defaultCooldown()),
                policies(request.terminationPolicies()).orElse(now.terminationPolicies()));
    }

    private static String healthCheckType(@Nullable String given, String otherwise) {
        String type = given == null ? otherwise : given;
        for (String check : type.split(",", -1)) {
            refuseIf(
                    !check.equals("EC2") && !check.equals("ELB"),
                    () -> Errors.validation("The health check type '" + check
                            + "' is not supported by this cloud: groups use EC2 and ELB health checks"));
        }
        return type;
    }

    private static Optional<Duration> warmup(@Nullable Integer given, Optional<Duration> otherwise) {
        if (given == null) {
            return otherwise;
        }
        return given == NOT_SET
                ? Optional.empty()
                : Optional.of(seconds("DefaultInstanceWarmup", given, Duration.ZERO));
    }

    private static Optional<Bounds> maintenance(@Nullable InstanceMaintenancePolicy given, Optional<Bounds> otherwise) {
        if (given == null) {
            return otherwise;
        }
        Integer least = given.minHealthyPercentage();
        Integer most = given.maxHealthyPercentage();
        if (least == null || most == null || (least == NOT_SET) != (most == NOT_SET)) {
            throw Errors.validation(
                    "MinHealthyPercentage and MaxHealthyPercentage of an instance maintenance policy must"
                            + " be set, or unset with -1, together");
        }
        return least == NOT_SET ? Optional.empty() : Optional.of(bounds(least, most));
    }

    /** How much may be missing and too much while instances are replaced. */
    static Bounds bounds(int least, int most) {
        refuseIf(
                least < 0 || least > 100 || most < 100 || most > 200 || most - least > 100,
                () -> Errors.validation(
                        "MinHealthyPercentage must be between 0 and 100, MaxHealthyPercentage between 100 and"
                                + " 200, and their difference not more than 100"));
        return new Bounds(least, most);
    }

    private static Capacity capacity(int min, int max, int desired) {
        checkBounds(min, max);
        refuseIf(
                desired < min || desired > max,
                () -> Errors.validation("Desired capacity:%d must be between the specified min size:%d and max size:%d"
                        .formatted(desired, min, max)));
        return new Capacity(min, max, desired);
    }

    private static void checkBounds(int min, int max) {
        refuseIf(min < 0, () -> Errors.validation("Min bound, " + min + ", must be greater than or equal to 0"));
        refuseIf(
                max < min,
                () -> Errors.validation(
                        "Max bound, %d, must be greater than or equal to min bound, %d".formatted(max, min)));
    }

    /** The launch template that a caller names, which exists. */
    Optional<Fleet.TemplateReference> template(@Nullable LaunchTemplateSpecification given) {
        if (given == null) {
            return Optional.empty();
        }
        if ((given.launchTemplateId() == null) == (given.launchTemplateName() == null)) {
            throw Errors.validation(
                    "Valid requests must contain either launchTemplateId or launchTemplateName, and not both.");
        }
        Fleet.TemplateReference reference = new Fleet.TemplateReference(
                given.launchTemplateId(),
                given.launchTemplateName(),
                given.version() == null ? DEFAULT_VERSION : given.version());
        try {
            fleet.check(reference);
        } catch (ServiceError unknown) {
            throw Errors.validation("You must use a valid fully-formed launch template. " + unknown.getMessage());
        }
        return Optional.of(reference);
    }

    private Optional<Placement> placement(List<String> zones, @Nullable String subnets) {
        zones.stream()
                .filter(zone -> !account.zones().contains(zone))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Errors.validation("Invalid availability zone: " + unknown);
                });
        if (subnets == null || subnets.isBlank()) {
            return zones.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Placement(
                            zones.stream().map(zone -> new Site(zone, null)).toList()));
        }
        Placement placement = new Placement(Arrays.stream(subnets.split(",", -1))
                .map(String::strip)
                .map(subnet -> new Site(zoneOf(subnet), subnet))
                .toList());
        refuseIf(
                !zones.isEmpty() && !new HashSet<>(zones).equals(new HashSet<>(placement.zones())),
                () -> Errors.validation(
                        "The availability zones of the specified subnets and the Auto Scaling group do not match"));
        return Optional.of(placement);
    }

    private String zoneOf(String subnetId) {
        return fleet.zoneOfSubnet(subnetId)
                .orElseThrow(() -> Errors.validation("The subnet ID '" + subnetId + "' does not exist"));
    }

    /** A duration that is not negative. */
    static Duration seconds(String parameter, @Nullable Integer given, Duration otherwise) {
        if (given == null) {
            return otherwise;
        }
        refuseIf(given < 0, () -> Errors.validation(parameter + " must not be negative"));
        return Duration.ofSeconds(given);
    }

    private static Optional<List<TerminationPolicy>> policies(List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        refuseIf(
                names.contains("Default") && names.indexOf("Default") < names.size() - 1,
                () -> Errors.validation("The Default termination policy must be the last one"));
        return Optional.of(names.stream()
                .map(name -> TerminationPolicy.named(name)
                        .orElseThrow(() -> Errors.validation(
                                "The termination policy '" + name + "' is not supported by this cloud")))
                .toList());
    }
}
