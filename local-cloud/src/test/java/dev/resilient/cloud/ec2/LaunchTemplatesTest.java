package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMappingRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

final class LaunchTemplatesTest {

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
    void everything_that_a_template_is_given_comes_back() {
        RequestLaunchTemplateData data = RequestLaunchTemplateData.builder()
                .imageId(Ec2Fixture.IMAGE)
                .instanceType(InstanceType.T3_MICRO)
                .userData("ZWNobw==")
                .securityGroupIds("sg-1")
                .iamInstanceProfile(profile -> profile.name("good"))
                .metadataOptions(options -> options.httpTokens("required").httpPutResponseHopLimit(1))
                .blockDeviceMappings(LaunchTemplateBlockDeviceMappingRequest.builder()
                        .deviceName("/dev/xvda")
                        .ebs(ebs -> ebs.volumeSize(8).encrypted(true).volumeType("gp3"))
                        .build())
                .tagSpecifications(LaunchTemplateTagSpecificationRequest.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(Tag.builder().key("a").value("b").build())
                        .build())
                .build();
        create("template", data);

        ResponseLaunchTemplateData found = version("template", "$Latest").launchTemplateData();

        assertThat(found.imageId()).isEqualTo(Ec2Fixture.IMAGE);
        assertThat(found.instanceType()).isEqualTo(InstanceType.T3_MICRO);
        assertThat(found.userData()).isEqualTo("ZWNobw==");
        assertThat(found.securityGroupIds()).containsExactly("sg-1");
        assertThat(found.iamInstanceProfile().name()).isEqualTo("good");
        assertThat(found.metadataOptions().httpTokensAsString()).isEqualTo("required");
        assertThat(found.blockDeviceMappings().getFirst().ebs().volumeSize()).isEqualTo(8);
        assertThat(found.blockDeviceMappings().getFirst().ebs().encrypted()).isTrue();
        assertThat(found.tagSpecifications().getFirst().tags().getFirst().value())
                .isEqualTo("b");
        assertThat(found.hasNetworkInterfaces()).isFalse();
    }

    @Test
    void versions_count_up_and_the_default_moves_only_when_told() {
        create("template", data("one"));
        CreateLaunchTemplateVersionResponse second = cloud.call(CreateLaunchTemplateVersionRequest.builder()
                .launchTemplateName("template")
                .launchTemplateData(data("two"))
                .build());
        assertThat(second.launchTemplateVersion().versionNumber()).isEqualTo(2);
        assertThat(second.launchTemplateVersion().defaultVersion()).isFalse();
        assertThat(version("template", "$Default").launchTemplateData().keyName())
                .isEqualTo("one");
        assertThat(version("template", "$Latest").launchTemplateData().keyName())
                .isEqualTo("two");

        cloud.call(ModifyLaunchTemplateRequest.builder()
                .launchTemplateName("template")
                .defaultVersion("2")
                .build());

        assertThat(version("template", "$Default").versionNumber()).isEqualTo(2);
        assertThat(template("template").defaultVersionNumber()).isEqualTo(2);
    }

    @Test
    void a_version_takes_what_it_does_not_say_from_its_source() {
        create("template", data("one").toBuilder().imageId("ami-1").build());
        cloud.call(CreateLaunchTemplateVersionRequest.builder()
                .launchTemplateName("template")
                .sourceVersion("1")
                .launchTemplateData(data("two"))
                .build());
        ResponseLaunchTemplateData second = version("template", "2").launchTemplateData();
        assertThat(second.imageId()).isEqualTo("ami-1");
        assertThat(second.keyName()).isEqualTo("two");
    }

    @Test
    void names_are_unique_until_deleted() {
        create("template", data("one"));
        assertFails(request("template", data("two")), "InvalidLaunchTemplateName.AlreadyExistsException");
        cloud.call(DeleteLaunchTemplateRequest.builder()
                .launchTemplateName("template")
                .build());
        assertFails(
                DescribeLaunchTemplatesRequest.builder()
                        .launchTemplateNames("template")
                        .build(),
                "InvalidLaunchTemplateName.NotFoundException");
        create("template", data("two"));
    }

    @Test
    void a_wrong_version_id_or_combination_is_refused() {
        LaunchTemplate template = create("template", data("one"));
        assertFails(
                DescribeLaunchTemplateVersionsRequest.builder()
                        .launchTemplateName("template")
                        .versions("7")
                        .build(),
                "InvalidLaunchTemplateId.VersionNotFound");
        assertFails(
                DeleteLaunchTemplateRequest.builder()
                        .launchTemplateId("lt-00000000000000000")
                        .build(),
                "InvalidLaunchTemplateId.NotFound");
        assertFails(
                DeleteLaunchTemplateRequest.builder()
                        .launchTemplateId(template.launchTemplateId())
                        .launchTemplateName("template")
                        .build(),
                "InvalidParameterCombination");
        assertFails(DeleteLaunchTemplateRequest.builder().build(), "MissingParameter");
    }

    @Test
    void only_AWS_sets_tags_that_begin_with_aws() {
        assertFails(
                request("template", data("one")).toBuilder()
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.LAUNCH_TEMPLATE)
                                .tags(Tag.builder().key("aws:mine").value("").build())
                                .build())
                        .build(),
                "InvalidParameterValue");
    }

    @Test
    void versions_are_chosen_by_filter_and_word_and_not_by_range() {
        create("template", data("one"));
        create("other", data("other"));
        addVersion();
        addVersion();

        assertThat(numbers(request -> request.launchTemplateName("template")
                        .filters(Filter.builder()
                                .name("is-default-version")
                                .values("false")
                                .build())))
                .containsExactly(2L, 3L);
        assertThat(numbers(request -> request.versions("$Latest"))).containsExactlyInAnyOrder(3L, 1L);
        assertFails(
                DescribeLaunchTemplateVersionsRequest.builder()
                        .launchTemplateName("template")
                        .versions("two")
                        .build(),
                "InvalidLaunchTemplateId.VersionNotFound");
        assertFails(
                DescribeLaunchTemplateVersionsRequest.builder()
                        .launchTemplateName("template")
                        .minVersion("2")
                        .build(),
                "UnsupportedOperation");
        assertFails(
                DescribeLaunchTemplateVersionsRequest.builder().versions("1").build(), "MissingParameter");
        assertFails(
                request(
                        "spot",
                        RequestLaunchTemplateData.builder()
                                .instanceMarketOptions(spot -> spot.marketType("spot"))
                                .build()),
                "UnsupportedOperation");
    }

    private List<Long> numbers(Consumer<DescribeLaunchTemplateVersionsRequest.Builder> settings) {
        DescribeLaunchTemplateVersionsRequest.Builder request = DescribeLaunchTemplateVersionsRequest.builder();
        settings.accept(request);
        DescribeLaunchTemplateVersionsResponse response = cloud.call(request.build());
        return response.launchTemplateVersions().stream()
                .map(LaunchTemplateVersion::versionNumber)
                .toList();
    }

    private LaunchTemplate create(String name, RequestLaunchTemplateData data) {
        CreateLaunchTemplateResponse response = cloud.call(request(name, data));
        return response.launchTemplate();
    }

    private long addVersion() {
        CreateLaunchTemplateVersionResponse response = cloud.call(CreateLaunchTemplateVersionRequest.builder()
                .launchTemplateName("template")
                .launchTemplateData(data("next"))
                .build());
        return response.launchTemplateVersion().versionNumber();
    }

    private LaunchTemplate template(String name) {
        DescribeLaunchTemplatesResponse response = cloud.call(DescribeLaunchTemplatesRequest.builder()
                .launchTemplateNames(name)
                .build());
        return response.launchTemplates().getFirst();
    }

    private LaunchTemplateVersion version(String name, String version) {
        DescribeLaunchTemplateVersionsResponse response = cloud.call(DescribeLaunchTemplateVersionsRequest.builder()
                .launchTemplateName(name)
                .versions(version)
                .build());
        return response.launchTemplateVersions().getFirst();
    }

    private void assertFails(AwsRequest request, String code) {
        assertThatThrownBy(() -> cloud.call(request))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private static CreateLaunchTemplateRequest request(String name, RequestLaunchTemplateData data) {
        return CreateLaunchTemplateRequest.builder()
                .launchTemplateName(name)
                .launchTemplateData(data)
                .build();
    }

    private static RequestLaunchTemplateData data(String keyName) {
        return RequestLaunchTemplateData.builder().keyName(keyName).build();
    }
}
