package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** A request with more tags than a resource can have changes nothing. */
final class TooManyTagsTest {
    @TempDir
    Path directory;

    private Ec2Fixture cloud;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void no_launch_template_is_made() {
        refused(CreateLaunchTemplateRequest.builder()
                .launchTemplateName("tagged")
                .launchTemplateData(data -> {})
                .tagSpecifications(tooMany(ResourceType.LAUNCH_TEMPLATE))
                .build());

        DescribeLaunchTemplatesResponse templates =
                cloud.call(DescribeLaunchTemplatesRequest.builder().build());
        assertThat(templates.launchTemplates()).isEmpty();
    }

    @Test
    void no_security_group_and_no_rule_is_made() {
        refused(CreateSecurityGroupRequest.builder()
                .groupName("tagged")
                .description("tagged")
                .tagSpecifications(tooMany(ResourceType.SECURITY_GROUP))
                .build());
        refused(AuthorizeSecurityGroupIngressRequest.builder()
                .groupName("default")
                .ipProtocol("tcp")
                .fromPort(80)
                .toPort(80)
                .cidrIp("0.0.0.0/0")
                .tagSpecifications(tooMany(ResourceType.SECURITY_GROUP_RULE))
                .build());

        DescribeSecurityGroupsResponse groups =
                cloud.call(DescribeSecurityGroupsRequest.builder().build());
        assertThat(groups.securityGroups()).singleElement().satisfies(group -> assertThat(group.ipPermissions())
                .hasSize(1));
    }

    @Test
    void no_instance_is_launched_and_no_address_is_taken() {
        List<Integer> before = freeAddresses();
        refused(Ec2Fixture.launch("#!/bin/bash\nsleep 1000\n")
                .tagSpecifications(tooMany(ResourceType.INSTANCE))
                .build());

        DescribeInstancesResponse instances =
                cloud.call(DescribeInstancesRequest.builder().build());
        assertThat(instances.reservations()).isEmpty();
        assertThat(freeAddresses()).isEqualTo(before);
    }

    @Test
    void no_resource_is_tagged_if_one_of_them_would_have_too_many() {
        String full = group("full");
        String empty = group("empty");
        cloud.call(CreateTagsRequest.builder()
                .resources(full)
                .tags(tags(50, "old"))
                .build());
        refused(CreateTagsRequest.builder()
                .resources(empty, full)
                .tags(tags(1, "new"))
                .build());

        DescribeTagsResponse tags = cloud.call(DescribeTagsRequest.builder().build());
        assertThat(tags.tags()).hasSize(50).allSatisfy(tag -> assertThat(tag.resourceId())
                .isEqualTo(full));
    }

    @Test
    void one_request_has_each_tag_key_once() {
        String group = group("group");
        Tag tag = Tag.builder().key("k").value("v").build();
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> cloud.call(CreateTagsRequest.builder()
                        .resources(group)
                        .tags(tag, tag)
                        .build()))
                .withMessage("Duplicate tag key 'k' specified.")
                .satisfies(error -> assertThat(error.code()).isEqualTo("InvalidParameterValue"));
    }

    private String group(String name) {
        CreateSecurityGroupResponse made = cloud.call(CreateSecurityGroupRequest.builder()
                .groupName(name)
                .description(name)
                .build());
        return made.groupId();
    }

    private List<Integer> freeAddresses() {
        DescribeSubnetsResponse subnets =
                cloud.call(DescribeSubnetsRequest.builder().build());
        return subnets.subnets().stream().map(Subnet::availableIpAddressCount).toList();
    }

    private void refused(AwsRequest request) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> cloud.call(request))
                .satisfies(error -> assertThat(error.code()).isEqualTo("TagLimitExceeded"));
    }

    private static TagSpecification tooMany(ResourceType type) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tags(51, "key"))
                .build();
    }

    private static List<Tag> tags(int number, String prefix) {
        return IntStream.range(0, number)
                .mapToObj(index -> Tag.builder().key(prefix + index).value("v").build())
                .toList();
    }
}
