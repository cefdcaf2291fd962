package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** What a dry run says and does, for every operation that AWS gives one. */
final class DryRunTest {
    private static final Set<String> WITHOUT = Set.of(
            "AssociateIamInstanceProfile",
            "DescribeIamInstanceProfileAssociations",
            "DisassociateIamInstanceProfile",
            "ReplaceIamInstanceProfileAssociation");
    private static final RequestLaunchTemplateData DATA =
            RequestLaunchTemplateData.builder().imageId(Ec2Fixture.IMAGE).build();
    private static final Tag TAG = Tag.builder().key("a").value("b").build();

    @TempDir
    Path directory;

    private Ec2Fixture cloud;
    private String instance;
    private String group;
    private String template;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
        instance = cloud.run(Ec2Fixture.launch("#!/bin/bash\nsleep 1000\n"));
        CreateSecurityGroupResponse made = cloud.call(CreateSecurityGroupRequest.builder()
                .groupName("web")
                .description("web")
                .build());
        group = made.groupId();
        cloud.call(CreateTagsRequest.builder().resources(group).tags(TAG).build());
        cloud.call(AuthorizeSecurityGroupIngressRequest.builder()
                .groupId(group)
                .ipPermissions(permission(80))
                .build());
        CreateLaunchTemplateResponse first = cloud.call(CreateLaunchTemplateRequest.builder()
                .launchTemplateName("web")
                .launchTemplateData(DATA)
                .build());
        template = first.launchTemplate().launchTemplateId();
        cloud.call(CreateKeyPairRequest.builder().keyName("web").build());
        cloud.awaitState(instance, "running");
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void what_would_succeed_is_said_to_and_not_done() {
        List<AwsResponse> before = everything();
        right().forEach(request -> {
            assertThat(code(request)).as(name(request)).isEqualTo("DryRunOperation 412");
            assertThat(everything()).as("after a dry run of " + name(request)).isEqualTo(before);
        });
    }

    @Test
    void every_operation_with_a_dry_run_is_tried() {
        Set<String> all = new HashSet<>(cloud.operations().names());
        all.removeAll(WITHOUT);
        assertThat(right().map(DryRunTest::name)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void what_would_be_refused_is_refused() {
        RunInstancesRequest.Builder launch = Ec2Fixture.launch("#!/bin/bash\n");
        Map<AwsRequest, String> wrong = Map.of(
                launch.copy().imageId("ami-0123456789abcdef0").build(),
                "InvalidAMIID.NotFound",
                launch.copy().securityGroupIds("sg-00000000000000000").build(),
                "InvalidGroup.NotFound",
                launch.copy().instanceType("t3.huge").build(),
                "InvalidParameterValue",
                launch.copy().kernelId("aki-1").build(),
                "UnsupportedOperation",
                launch.copy().minCount(1000).maxCount(1000).build(),
                "InstanceLimitExceeded",
                terminate("i-00000000000000000"),
                "InvalidInstanceID.NotFound",
                CreateKeyPairRequest.builder().keyName("web").build(),
                "InvalidKeyPair.Duplicate",
                AuthorizeSecurityGroupIngressRequest.builder()
                        .groupId(group)
                        .ipPermissions(permission(80))
                        .build(),
                "InvalidPermission.Duplicate");
        wrong.forEach((request, code) -> assertThat(code(request)).isEqualTo(code + " 400"));
    }

    /** One right request for each operation; those that can change something would. */
    private Stream<AwsRequest> right() {
        return Stream.of(onGroups(), onTemplates(), onInstances(), describing()).flatMap(each -> each);
    }

    private Stream<AwsRequest> onGroups() {
        return Stream.of(
                CreateSecurityGroupRequest.builder()
                        .groupName("more")
                        .description("more")
                        .build(),
                DeleteSecurityGroupRequest.builder().groupId(group).build(),
                AuthorizeSecurityGroupIngressRequest.builder()
                        .groupId(group)
                        .ipPermissions(permission(443))
                        .build(),
                AuthorizeSecurityGroupEgressRequest.builder()
                        .groupId(group)
                        .ipPermissions(permission(443))
                        .build(),
                RevokeSecurityGroupIngressRequest.builder()
                        .groupId(group)
                        .securityGroupRuleIds(rule(false))
                        .build(),
                RevokeSecurityGroupEgressRequest.builder()
                        .groupId(group)
                        .securityGroupRuleIds(rule(true))
                        .build(),
                ModifySecurityGroupRulesRequest.builder()
                        .groupId(group)
                        .securityGroupRules(SecurityGroupRuleUpdate.builder()
                                .securityGroupRuleId(rule(false))
                                .securityGroupRule(now -> now.ipProtocol("tcp")
                                        .fromPort(1)
                                        .toPort(1)
                                        .cidrIpv4("0.0.0.0/0"))
                                .build())
                        .build(),
                CreateTagsRequest.builder().resources(instance).tags(TAG).build(),
                DeleteTagsRequest.builder().resources(group).build());
    }

    private Stream<AwsRequest> onTemplates() {
        return Stream.of(
                CreateLaunchTemplateRequest.builder()
                        .launchTemplateName("more")
                        .launchTemplateData(DATA)
                        .build(),
                CreateLaunchTemplateVersionRequest.builder()
                        .launchTemplateId(template)
                        .launchTemplateData(DATA)
                        .build(),
                ModifyLaunchTemplateRequest.builder()
                        .launchTemplateId(template)
                        .defaultVersion("1")
                        .build(),
                DeleteLaunchTemplateRequest.builder().launchTemplateId(template).build(),
                CreateKeyPairRequest.builder().keyName("more").build(),
                DeleteKeyPairRequest.builder().keyName("web").build());
    }

    private Stream<AwsRequest> onInstances() {
        return Stream.of(
                Ec2Fixture.launch("#!/bin/bash\n").build(),
                StartInstancesRequest.builder().instanceIds(instance).build(),
                StopInstancesRequest.builder().instanceIds(instance).build(),
                RebootInstancesRequest.builder().instanceIds(instance).build(),
                terminate(instance),
                ModifyInstanceAttributeRequest.builder()
                        .instanceId(instance)
                        .disableApiTermination(flag -> flag.value(true))
                        .build(),
                ModifyInstanceMetadataOptionsRequest.builder()
                        .instanceId(instance)
                        .httpPutResponseHopLimit(7)
                        .build());
    }

    private Stream<AwsRequest> describing() {
        return Stream.of(
                GetConsoleOutputRequest.builder().instanceId(instance).build(),
                DescribeInstanceAttributeRequest.builder()
                        .instanceId(instance)
                        .attribute("userData")
                        .build(),
                DescribeLaunchTemplateVersionsRequest.builder()
                        .launchTemplateId(template)
                        .build(),
                DescribeAvailabilityZonesRequest.builder().build(),
                DescribeImagesRequest.builder().build(),
                DescribeInstanceStatusRequest.builder().build(),
                DescribeInstanceTypeOfferingsRequest.builder().build(),
                DescribeInstancesRequest.builder().build(),
                DescribeKeyPairsRequest.builder().build(),
                DescribeLaunchTemplatesRequest.builder().build(),
                DescribeSecurityGroupRulesRequest.builder().build(),
                DescribeSecurityGroupsRequest.builder().build(),
                DescribeSubnetsRequest.builder().build(),
                DescribeTagsRequest.builder().build(),
                DescribeVpcsRequest.builder().build());
    }

    /** What there is, the free addresses of subnets included. */
    private List<AwsResponse> everything() {
        return describing()
                .filter(request -> !(request instanceof GetConsoleOutputRequest))
                .map(request -> cloud.<AwsRequest, AwsResponse>call(request))
                .toList();
    }

    /** How a dry run of this request ends. */
    private String code(AwsRequest request) {
        AwsRequest dry = (AwsRequest) Members.with(request, "DryRun", true);
        ServiceError error = catchThrowableOfType(ServiceError.class, () -> cloud.call(dry));
        return error.code() + " " + error.status();
    }

    private String rule(boolean egress) {
        DescribeSecurityGroupRulesResponse rules = cloud.call(DescribeSecurityGroupRulesRequest.builder()
                .filters(Filter.builder().name("group-id").values(group).build())
                .build());
        return rules.securityGroupRules().stream()
                .filter(rule -> rule.isEgress() == egress)
                .map(SecurityGroupRule::securityGroupRuleId)
                .findFirst()
                .orElseThrow();
    }

    private static IpPermission permission(int port) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();
    }

    private static TerminateInstancesRequest terminate(String id) {
        return TerminateInstancesRequest.builder().instanceIds(id).build();
    }

    private static String name(AwsRequest request) {
        return request.getClass().getSimpleName().replaceFirst("Request$", "");
    }
}
