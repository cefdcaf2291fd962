package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/** Groups and instances for the tests of what is pure. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final LaunchTemplateSpecification TEMPLATE = LaunchTemplateSpecification.builder()
            .launchTemplateId("lt-1")
            .launchTemplateName("web")
            .version("1")
            .build();

    private Examples() {}

    /** A group over these zones, each a letter, that is checked by EC2 and does without the rest. */
    static Group group(int desired, String zones, List<Member> members) {
        return group(desired, zones, members, settings -> {});
    }

    static Group group(int desired, String zones, List<Member> members, Consumer<AutoScalingGroup.Builder> settings) {
        AutoScalingGroup shape = AutoScalingGroup.builder()
                .autoScalingGroupName("web")
                .autoScalingGroupARN("arn")
                .minSize(0)
                .maxSize(100)
                .desiredCapacity(desired)
                .launchTemplate(TEMPLATE)
                .availabilityZones(Arrays.stream(zones.split("", -1))
                        .filter(zone -> !zone.isEmpty())
                        .toList())
                .healthCheckType("EC2")
                .healthCheckGracePeriod(0)
                .defaultCooldown(0)
                .terminationPolicies("Default")
                .applyMutation(settings)
                .build();
        Group group = Group.of(shape);
        for (Member member : members) {
            group = group.withNewMember(member);
        }
        return group;
    }

    static Member member(String id, String zone, Phase phase) {
        return member(id, zone, 3600, phase);
    }

    /** Launched so many seconds ago. */
    static Member member(String id, String zone, long age, Phase phase) {
        Instance shape = Instance.builder()
                .instanceId(id)
                .availabilityZone(zone)
                .launchTemplate(TEMPLATE)
                .build();
        return new Member(shape, NOW.minusSeconds(age), phase, null);
    }

    /** In service since so many seconds. */
    static Phase serving(long seconds) {
        return new Phase.InService(NOW.minusSeconds(seconds));
    }
}
