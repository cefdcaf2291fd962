package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.testing.ManualTime;
import dev.resilient.time.SystemTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.iam.IamClient;

/** A cloud on a bad day, as the SDK's clients see it; its time stands still between the steps of a test. */
class RealismOverTheWireTest {
    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime(SystemTime.INSTANCE.instant());

    private LocalCloud cloud(long seed) {
        LocalCloud cloud = LocalCloud.builder()
                .pace(1)
                .data(folder)
                .time(time)
                .realism(seed)
                .start();
        time.advance(Duration.ofSeconds(1));
        return cloud;
    }

    /** A client that tries each call {@code attempts} times. */
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            LocalCloud cloud, B builder, int attempts) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.US_WEST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        cloud.administrator().accessKeyId(),
                        cloud.administrator().secretAccessKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(attempts)
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .circuitBreakerEnabled(false)
                                .build()))
                .build();
    }

    private static String outcome(Supplier<?> call) {
        try {
            return call.get() == null ? "nothing" : "answered";
        } catch (AwsServiceException refused) {
            return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
        }
    }

    private List<String> outcomes(long seed) {
        try (LocalCloud cloud = cloud(seed);
                Ec2Client ec2 = client(cloud, Ec2Client.builder(), 1);
                IamClient iam = client(cloud, IamClient.builder(), 1)) {
            List<String> outcomes = new ArrayList<>();
            for (int call = 0; call < 60; call++) {
                outcomes.add(outcome(() -> ec2.describeSubnets().subnets().size()));
                outcomes.add(outcome(() -> iam.getRole(request -> request.roleName("none"))));
            }
            return outcomes;
        }
    }

    @Test
    void the_same_seed_gives_the_same_day() {
        List<String> day = outcomes(11);
        assertThat(day)
                .contains("answered", "404 NoSuchEntity", "503 RequestLimitExceeded", "400 Throttling")
                .isEqualTo(outcomes(11))
                .isNotEqualTo(outcomes(12));
    }

    @Test
    void a_new_security_group_can_be_used_before_it_is_described() {
        try (LocalCloud cloud = cloud(5);
                Ec2Client ec2 = client(cloud, Ec2Client.builder(), 20)) {
            String id = ec2.createSecurityGroup(
                            request -> request.groupName("web").description("d"))
                    .groupId();
            assertThatExceptionOfType(Ec2Exception.class)
                    .isThrownBy(() -> ec2.describeSecurityGroups(request -> request.groupIds(id)))
                    .satisfies(unseen ->
                            assertThat(unseen.awsErrorDetails().errorCode()).isEqualTo("InvalidGroup.NotFound"));
            ec2.authorizeSecurityGroupIngress(request -> request.groupId(id)
                    .ipPermissions(IpPermission.builder()
                            .ipProtocol("tcp")
                            .fromPort(80)
                            .toPort(80)
                            .ipRanges(IpRange.builder().cidrIp("192.0.2.0/24").build())
                            .build()));
            time.advance(Duration.ofSeconds(3));
            assertThat(ec2.describeSecurityGroups(request -> request.groupIds(id))
                            .securityGroups())
                    .hasSize(1);
        }
    }

    @Test
    void a_new_instance_profile_is_unknown_to_EC2_for_seconds() {
        try (LocalCloud cloud = cloud(5);
                IamClient iam = client(cloud, IamClient.builder(), 20);
                Ec2Client ec2 = client(cloud, Ec2Client.builder(), 20)) {
            iam.createInstanceProfile(request -> request.instanceProfileName("web"));
            Supplier<?> launch = () -> ec2.runInstances(request -> request.imageId(image(ec2))
                    .instanceType("t3.micro")
                    .minCount(1)
                    .maxCount(1)
                    .iamInstanceProfile(profile -> profile.name("web")));
            assertThatExceptionOfType(Ec2Exception.class)
                    .isThrownBy(launch::get)
                    .withMessageContaining("Invalid IAM Instance Profile name");
            time.advance(Duration.ofSeconds(8));
            assertThat(launch.get()).isNotNull();
        }
    }

    @Test
    void a_deleted_load_balancer_lets_go_of_its_target_group_and_its_security_group_late() throws Exception {
        try (LocalCloud cloud = cloud(5);
                ElasticLoadBalancingV2Client elb = client(cloud, ElasticLoadBalancingV2Client.builder(), 20);
                Ec2Client ec2 = client(cloud, Ec2Client.builder(), 20)) {
            List<Subnet> subnets = ec2.describeSubnetsPaginator(request -> {}).subnets().stream()
                    .limit(2)
                    .toList();
            String group = ec2.createSecurityGroup(
                            request -> request.groupName("web").description("d"))
                    .groupId();
            String targets = elb.createTargetGroup(request -> request.name("web")
                            .protocol("HTTP")
                            .port(80)
                            .vpcId(subnets.getFirst().vpcId()))
                    .targetGroups()
                    .getFirst()
                    .targetGroupArn();
            String balancer = elb.createLoadBalancer(request -> request.name("web")
                            .securityGroups(group)
                            .subnets(subnets.stream().map(Subnet::subnetId).toList()))
                    .loadBalancers()
                    .getFirst()
                    .loadBalancerArn();
            elb.createListener(request -> request.loadBalancerArn(balancer)
                    .protocol("HTTP")
                    .port(freePort())
                    .defaultActions(Action.builder()
                            .type(ActionTypeEnum.FORWARD)
                            .targetGroupArn(targets)
                            .build()));
            time.advance(Duration.ofMinutes(1));
            elb.deleteLoadBalancer(request -> request.loadBalancerArn(balancer));
            Supplier<?> deleteTargets = () -> elb.deleteTargetGroup(request -> request.targetGroupArn(targets));
            Supplier<?> deleteGroup = () -> ec2.deleteSecurityGroup(request -> request.groupId(group));

            time.advance(Duration.ofSeconds(9));
            assertThat(outcome(deleteTargets)).isEqualTo("400 ResourceInUse");
            assertThat(outcome(deleteGroup)).isEqualTo("400 DependencyViolation");
            time.advance(Duration.ofSeconds(31));
            assertThat(outcome(deleteTargets)).isEqualTo("answered");
            assertThat(outcome(deleteGroup)).isEqualTo("answered");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String image(Ec2Client ec2) {
        return ec2.describeImages(request -> request.filters(
                        Filter.builder().name("architecture").values("x86_64").build()))
                .images()
                .getFirst()
                .imageId();
    }

    @Test
    void pages_are_small_and_lead_to_everything() {
        try (LocalCloud cloud = cloud(5);
                Ec2Client ec2 = client(cloud, Ec2Client.builder(), 20)) {
            assertThat(ec2.describeInstanceTypeOfferings(request -> request.maxResults(1000)))
                    .satisfies(page -> {
                        assertThat(page.instanceTypeOfferings()).hasSizeBetween(1, 5);
                        assertThat(page.nextToken()).isNotNull();
                    });
            assertThat(ec2.describeInstanceTypeOfferingsPaginator(request -> {}).instanceTypeOfferings())
                    .hasSizeGreaterThan(5)
                    .doesNotHaveDuplicates();
        }
    }
}
