package dev.resilient.wire.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Invocation;
import dev.resilient.wire.constraint.ConstraintTree.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TraitType;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

final class ConstraintsTest {
    private static final List<String> NEWER_THAN_THE_SDK = List.of(
            "CreateAutoScalingGroup AvailabilityZoneIds[]",
            "CreateAutoScalingGroup DeletionProtection",
            "DescribeScalingActivities Filters[].Name",
            "DescribeScalingActivities Filters[].Values[]",
            "UpdateAutoScalingGroup AvailabilityZoneIds[]",
            "UpdateAutoScalingGroup DeletionProtection",
            "CreateTable GlobalTableSourceArn",
            "CreateTable GlobalTableSettingsReplicationMode",
            "UpdateTable GlobalTableSettingsReplicationMode",
            "CreateLaunchTemplate LaunchTemplateData.CpuOptions.NestedVirtualization",
            "CreateLaunchTemplate LaunchTemplateData.SecondaryInterfaces[].InterfaceType",
            "CreateLaunchTemplateVersion LaunchTemplateData.CpuOptions.NestedVirtualization",
            "CreateLaunchTemplateVersion LaunchTemplateData.SecondaryInterfaces[].InterfaceType",
            "RunInstances CpuOptions.NestedVirtualization",
            "RunInstances SecondaryInterfaces[].PrivateIpAddresses[].PrivateIpAddress",
            "RunInstances SecondaryInterfaces[].InterfaceType",
            "CreateBucket BucketNamespace");

    @Test
    void a_request_that_keeps_the_rules_breaks_none() {
        assertThat(check(
                        "sts",
                        "AssumeRole",
                        Naming.MODEL,
                        AssumeRoleRequest.builder()
                                .roleArn("arn:aws:iam::123456789012:role/r")
                                .roleSessionName("session")
                                .durationSeconds(900)
                                .build()))
                .isEmpty();
    }

    @Test
    void lengths_ranges_and_patterns_are_told_with_member_and_value() {
        List<Violation> violations = check(
                "sts",
                "AssumeRole",
                Naming.MODEL,
                AssumeRoleRequest.builder()
                        .roleArn("arn:aws:iam::123456789012:role/r")
                        .roleSessionName("!")
                        .durationSeconds(899)
                        .build());
        assertThat(violations)
                .containsExactly(
                        new Violation("roleSessionName", "!", "Member must have length greater than or equal to 2"),
                        new Violation(
                                "roleSessionName", "!", "Member must satisfy regular expression pattern: [\\w+=,.@-]*"),
                        new Violation("durationSeconds", 899, "Member must have value greater than or equal to 900"));
    }

    @Test
    void elements_of_lists_are_numbered_from_one() {
        List<Violation> violations = check(
                "dynamodb",
                "CreateTable",
                Naming.MODEL,
                CreateTableRequest.builder()
                        .tableName("books")
                        .keySchema(
                                KeySchemaElement.builder()
                                        .attributeName("id")
                                        .keyType("HASH")
                                        .build(),
                                KeySchemaElement.builder().keyType("SORT").build())
                        .build());
        assertThat(violations)
                .containsExactly(
                        new Violation("keySchema.2.member.attributeName", null, "Member must not be null"),
                        new Violation(
                                "keySchema.2.member.keyType",
                                "SORT",
                                "Member must satisfy enum value set: [HASH, RANGE]"));
    }

    @Test
    void a_required_member_of_an_absent_structure_is_not_missed() {
        assertThat(check(
                        "ec2",
                        "RunInstances",
                        Naming.WIRE,
                        RunInstancesRequest.builder().minCount(1).maxCount(1).build()))
                .isEmpty();
        assertThat(check(
                        "ec2",
                        "RunInstances",
                        Naming.WIRE,
                        RunInstancesRequest.builder()
                                .minCount(1)
                                .maxCount(1)
                                .monitoring(monitoring -> {})
                                .build()))
                .containsExactly(new Violation("Monitoring.Enabled", null, "Member must not be null"));
    }

    @Test
    void characters_are_counted_not_code_units() {
        String longest = "\uD83D\uDE00".repeat(255);
        assertThat(check("autoscaling", "CreateAutoScalingGroup", Naming.MODEL, group(longest)))
                .isEmpty();
        assertThat(check("autoscaling", "CreateAutoScalingGroup", Naming.MODEL, group(longest + "x")))
                .extracting(Violation::rule)
                .containsExactly("Member must have length less than or equal to 255");
    }

    @Test
    void every_rule_is_for_a_member_that_the_sdk_has_and_every_pattern_compiles() {
        List<String> unknown = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (Constraints.Row row : Constraints.readRows()) {
            Constraint constraint = Constraint.parse(row.rules());
            if (row.rules().contains("pattern=") && constraint.pattern().isEmpty()) {
                foreign.add(row.operation() + " " + row.member());
            }
            if (!exists(row)) {
                unknown.add(row.operation() + " " + row.member());
            }
        }
        assertThat(foreign).as("patterns that Java cannot compile").isEmpty();
        assertThat(unknown)
                .as("members of newer models, which no request of this version of the SDK can carry")
                .containsExactlyInAnyOrderElementsOf(NEWER_THAN_THE_SDK);
    }

    static boolean exists(Constraints.Row row) {
        List<String> steps = List.of(row.member()
                .replace("[]", ".[]")
                .replace("{key}", ".{key}")
                .replace("{value}", ".{value}")
                .split("\\."));
        Optional<SdkField<?>> field = field(requestBuilder(row), steps.getFirst());
        for (String step : steps.subList(1, steps.size())) {
            field = field.flatMap(parent -> step(parent, step));
        }
        return field.isPresent();
    }

    private static Optional<SdkField<?>> step(SdkField<?> parent, String step) {
        SdkField<?> found =
                switch (step) {
                    case "[]" ->
                        parent.getTrait(ListTrait.class, TraitType.LIST_TRAIT).memberFieldInfo();
                    case "{key}" -> parent;
                    case "{value}" ->
                        parent.getTrait(MapTrait.class, TraitType.MAP_TRAIT).valueFieldInfo();
                    default -> field(parent.constructor().get(), step).orElse(null);
                };
        return Optional.ofNullable(found);
    }

    private static Optional<SdkField<?>> field(SdkPojo shape, String name) {
        return shape.sdkFields().stream()
                .filter(field -> field.memberName().equals(name))
                .findFirst();
    }

    static SdkPojo requestBuilder(Constraints.Row row) {
        String service = row.service().equals("elasticloadbalancing") ? "elasticloadbalancingv2" : row.service();
        String prefix = "software.amazon.awssdk.services." + service + ".model.";
        return Stream.of(row.operation(), row.operation().replace("SSL", "Ssl").replace("VPC", "Vpc"))
                .map(name -> load(prefix + name + "Request"))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Invocation::builder)
                .orElseThrow(() -> new AssertionError(row.toString().toLowerCase(Locale.ROOT)));
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name));
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }

    private static CreateAutoScalingGroupRequest group(String name) {
        return CreateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(name)
                .minSize(0)
                .maxSize(0)
                .build();
    }

    private static List<Violation> check(String service, String operation, Naming naming, SdkPojo request) {
        return Constraints.standard().of(service, operation).check(request, naming);
    }
}
