package dev.resilient.cloud.ec2;

import static dev.resilient.cloud.ec2.Ec2Fixture.FOREVER;
import static dev.resilient.cloud.ec2.Ec2Fixture.awaitLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.cloud.ec2.instance.Instances;
import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What is launched, what is not, and how it is found afterwards. */
final class LaunchesTest {
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
    void more_instances_than_the_limit_are_refused_and_as_many_as_possible_are_granted() {
        RunInstancesRequest tooMany = Ec2Fixture.launch(FOREVER)
                .minCount(Instances.LIMIT)
                .maxCount(Instances.LIMIT)
                .build();
        String id = cloud.run(Ec2Fixture.launch(FOREVER));

        assertThatThrownBy(() -> cloud.call(tooMany)).isInstanceOfSatisfying(ServiceError.class, error -> {
            assertThat(error.code()).isEqualTo("InstanceLimitExceeded");
            assertThat(error.getMessage())
                    .startsWith(
                            "You have requested more instances (257) than your current instance limit of 256 allows");
        });
        DescribeInstancesResponse all =
                cloud.call(DescribeInstancesRequest.builder().build());
        assertThat(all.reservations()).singleElement().satisfies(reservation -> assertThat(reservation.instances())
                .extracting(Instance::instanceId)
                .containsExactly(id));
    }

    @ParameterizedTest
    @CsvSource({"4, a value greater than 5.", "1001, a value less than 1000."})
    void pages_of_instances_have_bounds(int size, String expected) {
        assertThatThrownBy(() -> cloud.call(
                        DescribeInstancesRequest.builder().maxResults(size).build()))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameterValue"))
                .hasMessage("Value ( %d ) for parameter maxResults is invalid. Expecting %s", size, expected);
    }

    @Test
    void a_repeated_client_token_launches_once() {
        RunInstancesRequest.Builder request = Ec2Fixture.launch(FOREVER).clientToken("token");
        assertThat(cloud.run(request)).isEqualTo(cloud.run(request));
        assertThat(ids()).hasSize(1);

        assertThatThrownBy(() -> cloud.run(request.minCount(2).maxCount(2)))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("IdempotentParameterMismatch"));
    }

    @Test
    void user_data_that_is_not_base64_launches_nothing() {
        assertThatThrownBy(() -> cloud.run(Ec2Fixture.launch("").userData("a")))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidUserData.Malformed"));
        assertThat(ids()).isEmpty();
    }

    @Test
    void a_template_gives_what_the_request_does_not_and_tags_add_up() {
        cloud.call(CreateLaunchTemplateRequest.builder()
                .launchTemplateName("template")
                .launchTemplateData(RequestLaunchTemplateData.builder()
                        .imageId(Ec2Fixture.IMAGE)
                        .instanceType(InstanceType.T3_NANO)
                        .userData(Ec2Fixture.base64(FOREVER))
                        .iamInstanceProfile(profile -> profile.name("good"))
                        .metadataOptions(options -> options.httpTokens("required"))
                        .tagSpecifications(LaunchTemplateTagSpecificationRequest.builder()
                                .resourceType(ResourceType.INSTANCE)
                                .tags(tag("from", "template"), tag("Name", "template"))
                                .build())
                        .build())
                .build());

        String id = cloud.run(RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .instanceType(InstanceType.T3_SMALL)
                .launchTemplate(LaunchTemplateSpecification.builder()
                        .launchTemplateName("template")
                        .version("$Default")
                        .build())
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(tag("Name", "request"))
                        .build()));

        Instance instance = cloud.describe(id);
        assertThat(instance.instanceType()).isEqualTo(InstanceType.T3_SMALL);
        assertThat(instance.iamInstanceProfile().arn()).isEqualTo(Ec2Fixture.GOOD_PROFILE);
        assertThat(instance.metadataOptions().httpTokensAsString()).isEqualTo("required");
        assertThat(instance.tags()).containsExactly(tag("Name", "request"), tag("from", "template"));
        awaitLines(cloud.home(id).resolve("boots"), 1);
    }

    @Test
    void several_instances_have_several_addresses_in_one_reservation() {
        RunInstancesResponse response =
                cloud.call(Ec2Fixture.launch(FOREVER).minCount(1).maxCount(3).build());

        assertThat(response.instances()).extracting(Instance::amiLaunchIndex).containsExactly(0, 1, 2);
        assertThat(response.instances().stream().map(Instance::privateIpAddress).distinct())
                .hasSize(3);
        DescribeInstancesResponse described =
                cloud.call(DescribeInstancesRequest.builder().build());
        assertThat(described.reservations()).hasSize(1);
    }

    @Test
    void instances_are_found_by_filters() {
        String first = cloud.run(Ec2Fixture.launch(FOREVER)
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(tag("Name", "first"))
                        .build()));
        String second = cloud.run(Ec2Fixture.launch("#!/bin/bash\nexit 0\n"));
        cloud.awaitState(first, "running");
        cloud.awaitState(second, "stopped");

        assertThat(ids(filter("tag:Name", "fir*"))).containsExactly(first);
        assertThat(ids(filter("instance-state-name", "stopped", "stopping"))).containsExactly(second);
        assertThat(ids(filter("private-ip-address", cloud.describe(first).privateIpAddress())))
                .containsExactly(first);
        assertThat(ids(filter("availability-zone", "us-west-2a"), filter("instance-state-name", "running")))
                .containsExactly(first);
        assertThat(ids(filter("dns-name", "*"), filter("hypervisor", "xen"), filter("monitoring-state", "disabled")))
                .contains(first);
        assertThat(ids(filter(
                        "network-interface.subnet-id", cloud.describe(first).subnetId())))
                .contains(first);
        assertThat(ids(filter("tag-value", "first"))).containsExactly(first);
        assertThat(ids(filter("instance-lifecycle", "spot"))).isEmpty();
        assertThat(ids(filter("platform", "windows"))).isEmpty();
        assertThatThrownBy(() -> ids(filter("colour", "red"))).hasMessage("The filter 'colour' is invalid");
        DescribeInstanceStatusResponse status =
                cloud.call(DescribeInstanceStatusRequest.builder().build());
        assertThat(status.instanceStatuses())
                .extracting(each -> each.instanceId())
                .containsExactly(first);
    }

    @Test
    void an_unknown_instance_is_not_found_and_a_wrong_id_malformed() {
        assertThatThrownBy(() -> cloud.describe("i-00000000000000000"))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidInstanceID.NotFound"))
                .hasMessage("The instance ID 'i-00000000000000000' does not exist");
        assertThatThrownBy(() -> cloud.describe("instance"))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidInstanceID.Malformed"))
                .hasMessage("Invalid id: \"instance\" (expecting \"i-...\")");
        assertThatThrownBy(() -> cloud.describe("i-xyz")).hasMessage("Invalid id: \"i-xyz\"");
    }

    private List<String> ids(Filter... filters) {
        DescribeInstancesResponse response =
                cloud.call(DescribeInstancesRequest.builder().filters(filters).build());
        return response.reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
