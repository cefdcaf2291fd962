package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.cloud.ec2.network.Cidr;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.wire.ServiceError;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;

final class NetworkTest {

    @TempDir
    Path directory;

    private Ec2Fixture cloud;
    private Network network;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
        network = cloud.ec2.network();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void every_address_is_in_its_subnet_and_nobody_elses() throws Exception {
        Subnet subnet = network.defaultSubnet("us-west-2b").orElseThrow();
        Cidr block = Cidr.parse(subnet.cidrBlock());
        Set<String> addresses = new HashSet<>();
        try (Ec2Fixture other = new Ec2Fixture(directory)) {
            Network otherNetwork = other.ec2.network();
            String otherSubnet =
                    otherNetwork.defaultSubnet("us-west-2b").orElseThrow().subnetId();
            for (int i = 0; i < 10; i++) {
                addresses.add(network.allocateAddress(subnet.subnetId()));
                addresses.add(otherNetwork.allocateAddress(otherSubnet));
            }
        }
        assertThat(addresses).hasSize(20);
        for (String address : addresses) {
            assertThat(block.contains(InetAddress.getByName(address))).isTrue();
            assertThat(address).isNotIn("127.31.16.0", "127.31.16.1", "127.31.16.2", "127.31.16.3");
        }
    }

    @Test
    void a_released_address_is_free_for_another_cloud() {
        String subnetId = network.subnets().getFirst().subnetId();
        int before = network.subnet(subnetId).availableIpAddressCount();
        String address = network.allocateAddress(subnetId);
        assertThat(network.subnet(subnetId).availableIpAddressCount()).isEqualTo(before - 1);

        network.releaseAddress(address);

        assertThat(network.subnet(subnetId).availableIpAddressCount()).isEqualTo(before);
        network.releaseAddress(address);
        assertThat(network.subnet(subnetId).availableIpAddressCount()).isEqualTo(before);
    }

    @Test
    void there_is_one_default_vpc_with_a_subnet_in_each_zone() {
        DescribeVpcsResponse vpcs = cloud.call(DescribeVpcsRequest.builder()
                .filters(filter("is-default", "true"))
                .build());
        assertThat(vpcs.vpcs()).extracting(vpc -> vpc.cidrBlock()).containsExactly("127.31.0.0/16");

        DescribeSubnetsResponse subnets = cloud.call(DescribeSubnetsRequest.builder()
                .filters(
                        filter("vpc-id", vpcs.vpcs().getFirst().vpcId()),
                        filter("availability-zone", "us-west-2a", "us-west-2c"),
                        filter("default-for-az", "true"))
                .build());
        assertThat(subnets.subnets())
                .extracting(subnet -> subnet.availabilityZone() + " " + subnet.cidrBlock())
                .containsExactlyInAnyOrder("us-west-2a 127.31.0.0/20", "us-west-2c 127.31.32.0/20");
    }

    @Test
    void pages_of_subnets_give_each_subnet_once() {
        DescribeSubnetsResponse first =
                cloud.call(DescribeSubnetsRequest.builder().maxResults(3).build());
        DescribeSubnetsResponse second = cloud.call(DescribeSubnetsRequest.builder()
                .maxResults(3)
                .nextToken(first.nextToken())
                .build());
        assertThat(first.subnets()).hasSize(3);
        assertThat(second.subnets()).hasSize(1).doesNotContainAnyElementsOf(first.subnets());
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void an_unknown_subnet_is_not_found() {
        assertThatThrownBy(() -> network.subnet("subnet-0"))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidSubnetID.NotFound"));
    }

    @Test
    void zones_have_names_and_ids() {
        DescribeAvailabilityZonesResponse zones =
                cloud.call(DescribeAvailabilityZonesRequest.builder().build());
        assertThat(zones.availabilityZones())
                .extracting(AvailabilityZone::zoneId)
                .containsExactly("usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4");
    }

    @Test
    void instance_types_are_offered_in_every_zone() {
        DescribeInstanceTypeOfferingsResponse offerings = cloud.call(DescribeInstanceTypeOfferingsRequest.builder()
                .locationType(LocationType.AVAILABILITY_ZONE)
                .filters(filter("instance-type", "t3.micro"))
                .build());
        assertThat(offerings.instanceTypeOfferings())
                .extracting(each -> each.location())
                .containsExactlyElementsOf(Ec2Fixture.ACCOUNT.zones());
    }

    @Test
    void public_images_are_described() {
        DescribeImagesResponse images = cloud.call(DescribeImagesRequest.builder()
                .owners("amazon")
                .filters(filter("name", "al2023-*"), filter("architecture", "arm64"))
                .build());
        assertThat(images.images()).hasSize(1).allMatch(image -> "v2.0".equals(image.imdsSupportAsString()));
        Image image = images.images().getFirst();
        assertThat(image.ownerId()).isEqualTo("137112412989");
        assertThat(image.creationDate()).matches("\\d{4}-\\d\\d-\\d\\dT00:00:00\\.000Z");
        assertThat(image.name())
                .contains("." + image.creationDate().substring(0, 10).replace("-", "") + ".");
    }

    @ParameterizedTest
    @CsvSource({"amazon, 3", "137112412989, 3", "self, 0", "123456789012, 0"})
    void images_are_found_by_their_owner(String owner, int found) {
        DescribeImagesResponse images =
                cloud.call(DescribeImagesRequest.builder().owners(owner).build());
        assertThat(images.images()).hasSize(found);
        DescribeImagesResponse filtered = cloud.call(DescribeImagesRequest.builder()
                .filters(filter("owner-id", owner), filter("creation-date", "20*"))
                .build());
        assertThat(filtered.images()).hasSize(owner.equals("amazon") ? 0 : found);
    }

    @Test
    void an_id_that_can_be_none_of_an_image_is_malformed() {
        assertThatThrownBy(() -> cloud.call(
                        DescribeImagesRequest.builder().imageIds("ami-foo").build()))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidAMIID.Malformed"))
                .hasMessage("Invalid id: \"ami-foo\"");
    }

    @Test
    void tags_are_created_replaced_found_and_deleted() {
        String subnetId = network.subnets().getFirst().subnetId();
        cloud.call(CreateTagsRequest.builder()
                .resources(subnetId)
                .tags(tag("a", "1"), tag("b", "2"))
                .build());
        cloud.call(CreateTagsRequest.builder()
                .resources(subnetId)
                .tags(tag("a", "3"))
                .build());
        DescribeTagsResponse described = cloud.call(DescribeTagsRequest.builder()
                .filters(filter("resource-type", "subnet"))
                .build());
        assertThat(described.tags())
                .extracting(tag -> tag.resourceId() + " " + tag.key() + "=" + tag.value())
                .containsExactly(subnetId + " a=3", subnetId + " b=2");

        cloud.call(DeleteTagsRequest.builder()
                .resources(subnetId)
                .tags(tag("a", "other"), Tag.builder().key("b").build())
                .build());

        assertThat(network.subnet(subnetId).tags()).containsExactly(tag("a", "3"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "192.0.2.77/32, 192.0.2.77/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:db8:1::5/32, 2001:db8::/32",
        "::/0, ::/0",
    })
    void blocks_are_written_as_AWS_writes_them(String text, String canonical) {
        assertThat(Cidr.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "us-west-2?, true",
        "us-*, true",
        "US-*, false",
        "us-west-2\\?, false",
        "us-west-2\\a, true",
    })
    void filters_know_wildcards(String pattern, boolean matches) {
        DescribeSubnetsResponse subnets = cloud.call(DescribeSubnetsRequest.builder()
                .filters(filter("availability-zone", pattern))
                .build());

        assertThat(!subnets.subnets().isEmpty()).isEqualTo(matches);
        assertThatThrownBy(() -> cloud.call(DescribeSubnetsRequest.builder()
                        .filters(filter("colour", "red"))
                        .build()))
                .hasMessage("The filter 'colour' is invalid");
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
