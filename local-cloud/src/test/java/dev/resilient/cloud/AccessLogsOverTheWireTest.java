package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A request through a load balancer is a line in an object of S3, as the clients of the SDK see both. */
class AccessLogsOverTheWireTest {

    @Test
    void a_request_is_a_line_in_the_bucket_that_the_attributes_name(@TempDir Path folder) throws Exception {
        try (CloudWithClients cloud = new CloudWithClients(folder);
                HttpClient http = HttpClient.newHttpClient()) {
            S3Client s3 = cloud.client(S3Client.builder());
            ElasticLoadBalancingV2Client elb = cloud.client(ElasticLoadBalancingV2Client.builder());
            s3.createBucket(request ->
                    request.bucket("logs").createBucketConfiguration(where -> where.locationConstraint("us-west-2")));
            LoadBalancer balancer = balancer(cloud, elb);
            elb.modifyLoadBalancerAttributes(request -> request.loadBalancerArn(balancer.loadBalancerArn())
                    .attributes(
                            attribute("access_logs.s3.enabled", "true"), attribute("access_logs.s3.bucket", "logs")));
            int port = freePort(balancer.dnsName());
            elb.createListener(request -> request.loadBalancerArn(balancer.loadBalancerArn())
                    .protocol("HTTP")
                    .port(port)
                    .defaultActions(Action.builder()
                            .type("fixed-response")
                            .fixedResponseConfig(answer -> answer.statusCode("418"))
                            .build()));
            URI uri = URI.create("http://" + balancer.dnsName() + ":" + port + "/teapot?a=b");
            assertThat(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(418);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> lines(s3).findAny().isPresent());
            assertThat(lines(s3))
                    .singleElement()
                    .asString()
                    .contains(" 418 - ")
                    .contains("\"GET " + uri + " HTTP/1.1\"");
            assertThat(s3.listObjectsV2(request -> request.bucket("logs")).contents())
                    .extracting(S3Object::key)
                    .contains("AWSLogs/123456789012/ELBAccessLogTestFile");
        }
    }

    private static LoadBalancer balancer(CloudWithClients cloud, ElasticLoadBalancingV2Client elb) {
        List<Subnet> subnets = cloud.ec2.describeSubnets().subnets();
        LoadBalancer balancer = elb.createLoadBalancer(request -> request.name("front")
                        .subnets(subnets.get(0).subnetId(), subnets.get(1).subnetId()))
                .loadBalancers()
                .getFirst();
        cloud.ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(balancer.securityGroups().getFirst())
                        .ipProtocol("tcp")
                        .fromPort(1)
                        .toPort(65_535)
                        .cidrIp("127.0.0.0/8"));
        await().until(() ->
                elb.describeLoadBalancers().loadBalancers().getFirst().state().code() == LoadBalancerStateEnum.ACTIVE);
        return balancer;
    }

    private static LoadBalancerAttribute attribute(String key, String value) {
        return LoadBalancerAttribute.builder().key(key).value(value).build();
    }

    private static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
            return socket.getLocalPort();
        }
    }

    private static Stream<String> lines(S3Client s3) {
        return s3.listObjectsV2(request -> request.bucket("logs")).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(".log.gz"))
                .map(key -> s3.getObjectAsBytes(
                                request -> request.bucket("logs").key(key))
                        .asByteArray())
                .flatMap(AccessLogsOverTheWireTest::decompressed);
    }

    private static Stream<String> decompressed(byte[] content) {
        try (GZIPInputStream lines = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException strange) {
            throw new UncheckedIOException(strange);
        }
    }
}
