package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
import dev.resilient.cloud.autoscaling.GroupSettings.Placement;
import dev.resilient.cloud.autoscaling.GroupSettings.Site;
import dev.resilient.cloud.base.Account;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** Reads a group's settings out of requests, and refuses those that mean nothing. */
final class SettingsReader {
    private static final int DEFAULT_COOLDOWN_SECONDS = 300;
    private static final String DEFAULT_VERSION = "$Default";

    private final Account account;
    private final Fleet fleet;

    SettingsReader(Account account, Fleet fleet) {
        this.account = account;
        this.fleet = fleet;
    }

    /** The settings of a new group. */
    GroupSettings read(CreateAutoScalingGroupRequest request) {
        checkHealthCheckType(request.healthCheckType());
        int desired = request.desiredCapacity() == null ? request.minSize() : request.desiredCapacity();
        return new GroupSettings(
                capacity(request.minSize(), request.maxSize(), desired),
                template(request.launchTemplate())
                        .orElseThrow(() -> Errors.validation("Valid requests must contain either launchTemplate,"
                                + " LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.")),
                placement(request.availabilityZones(), request.vpcZoneIdentifier())
                        .orElseThrow(
                                () -> Errors.validation("At least one Availability Zone or VPC Subnet is required.")),
                seconds("HealthCheckGracePeriod", request.healthCheckGracePeriod(), 0),
                seconds("DefaultCooldown", request.defaultCooldown(), DEFAULT_COOLDOWN_SECONDS),
                policies(request.terminationPolicies()).orElse(List.of(TerminationPolicy.DEFAULT)));
    }

    /** The settings of a group after an update: what the request leaves out stays, and the desired capacity fits the bounds. */
    GroupSettings read(UpdateAutoScalingGroupRequest request, GroupSettings now) {
        checkHealthCheckType(request.healthCheckType());
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
                seconds("HealthCheckGracePeriod", request.healthCheckGracePeriod(), (int)
                        now.healthCheckGracePeriod().toSeconds()),
                seconds("DefaultCooldown", request.defaultCooldown(), (int)
                        now.defaultCooldown().toSeconds()),
                policies(request.terminationPolicies()).orElse(now.terminationPolicies()));
    }

    /** EC2 checks are always on; what else AWS offers would be believed in and is not there. */
    private static void checkHealthCheckType(@Nullable String type) {
        if (type != null && !type.equals("EC2")) {
            throw Errors.validation("The health check type '" + type
                    + "' is not supported by this cloud: groups use EC2 health checks");
        }
    }

    private static Capacity capacity(int min, int max, int desired) {
        checkBounds(min, max);
        if (desired < min || desired > max) {
            throw Errors.validation("Desired capacity:%d must be between the specified min size:%d and max size:%d"
                    .formatted(desired, min, max));
        }
        return new Capacity(min, max, desired);
    }

    private static void checkBounds(int min, int max) {
        if (min < 0) {
            throw Errors.validation("Min bound, " + min + ", must be greater than or equal to 0");
        }
        if (max < min) {
            throw Errors.validation(
                    "Max bound, %d, must be greater than or equal to min bound, %d".formatted(max, min));
        }
    }

    private Optional<Fleet.TemplateReference> template(@Nullable LaunchTemplateSpecification given) {
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
        if (!zones.isEmpty() && !new HashSet<>(zones).equals(new HashSet<>(placement.zones()))) {
            throw Errors.validation(
                    "The availability zones of the specified subnets and the Auto Scaling group do not match");
        }
        return Optional.of(placement);
    }

    private String zoneOf(String subnetId) {
        return fleet.zoneOfSubnet(subnetId)
                .orElseThrow(() -> Errors.validation("The subnet ID '" + subnetId + "' does not exist"));
    }

    private static Duration seconds(String parameter, @Nullable Integer given, int otherwise) {
        int seconds = given == null ? otherwise : given;
        if (seconds < 0) {
            throw Errors.validation(parameter + " must not be negative");
        }
        return Duration.ofSeconds(seconds);
    }

    private static Optional<List<TerminationPolicy>> policies(List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        if (names.contains("Default") && names.indexOf("Default") < names.size() - 1) {
            throw Errors.validation("The Default termination policy must be the last one");
        }
        return Optional.of(names.stream()
                .map(name -> TerminationPolicy.named(name)
                        .orElseThrow(() -> Errors.validation(
                                "The termination policy '" + name + "' is not supported by this cloud")))
                .toList());
    }
}
