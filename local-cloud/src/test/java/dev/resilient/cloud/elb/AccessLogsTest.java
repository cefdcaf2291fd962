package dev.resilient.cloud.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.wire.ServiceError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** Access logs on their way to a bucket. */
class AccessLogsTest {
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final String FOLDER = "logs/a/b/AWSLogs/123456789012/";
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void a_bucket_is_tried_first_and_gets_the_lines_of_a_period_in_awss_layout() throws Exception {
        Region.Front front = region.front();
        log(front, true);
        assertThat(text(region.logged.get(FOLDER + "ELBAccessLogTestFile")))
                .startsWith("Enable AccessLog for ELB: front at ");
        region.get(front.address(), "/one");
        region.get(front.address(), "/two");
        await().until(() -> {
            region.time.advance(PERIOD);
            return lines().size() == 2;
        });
        String name = front.loadBalancer().substring(front.loadBalancer().indexOf("app/"));
        assertThat(lines())
                .allMatch(line -> line.contains(" " + name + " 127."))
                .anyMatch(line -> line.contains(":" + region.port + "/one HTTP/1.1\""))
                .anyMatch(line -> line.contains(":" + region.port + "/two HTTP/1.1\""));
        assertThat(region.logged.keySet())
                .anyMatch(key -> key.matches(FOLDER + "elasticloadbalancing/us-west-2/\\d{4}/\\d\\d/\\d\\d/"
                        + "123456789012_elasticloadbalancing_us-west-2_" + name.replace('/', '.')
                        + "_\\d{8}T\\d{4}Z_" + front.address() + "_[0-9a-f]{8}\\.log\\.gz"));
    }

    @Test
    void the_rest_is_delivered_when_the_load_balancer_goes() throws Exception {
        Region.Front front = region.front();
        log(front, true);
        region.get(front.address(), "/last");
        region.call(DeleteLoadBalancerRequest.builder()
                .loadBalancerArn(front.loadBalancer())
                .build());
        assertThat(lines()).singleElement().asString().contains("/last");
    }

    @Test
    void the_rest_is_delivered_when_the_cloud_ends() throws Exception {
        Region.Front front = region.front();
        log(front, true);
        region.get(front.address(), "/last");
        region.service.close();
        assertThat(lines()).singleElement().asString().contains("/last");
    }

    @Test
    void nothing_is_logged_that_nobody_asked_for() throws Exception {
        Region.Front front = region.front();
        log(front, true);
        log(front, false);
        region.get(front.address(), "/unseen");
        region.service.close();
        assertThat(lines()).isEmpty();
    }

    @Test
    void a_bucket_that_is_not_there_is_refused_and_nothing_changes() {
        Region.Front front = region.front();
        assertThatThrownBy(() -> change(front, "access_logs.s3.enabled=true", "access_logs.s3.bucket=none"))
                .hasMessage("Access Denied for bucket: none. Please check S3bucket permission")
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidConfigurationRequest"));
        assertThatThrownBy(() -> change(front, "access_logs.s3.prefix=AWSLogs"))
                .hasMessageContaining("cannot be set to 'AWSLogs'");
        change(front, "access_logs.s3.bucket=none");
        assertThat(region.logged).isEmpty();
    }

    private void log(Region.Front front, boolean enabled) {
        change(front, "access_logs.s3.enabled=" + enabled, "access_logs.s3.bucket=logs", "access_logs.s3.prefix=a/b");
    }

    private void change(Region.Front front, String... attributes) {
        region.call(ModifyLoadBalancerAttributesRequest.builder()
                .loadBalancerArn(front.loadBalancer())
                .attributes(List.of(attributes).stream()
                        .map(each -> each.split("="))
                        .map(each -> LoadBalancerAttribute.builder()
                                .key(each[0])
                                .value(each[1])
                                .build())
                        .toList())
                .build());
    }

    private List<String> lines() {
        return region.logged.entrySet().stream()
                .filter(object -> object.getKey().endsWith(".log.gz"))
                .flatMap(object -> text(decompressed(object.getValue())).lines())
                .toList();
    }

    private static byte[] decompressed(byte[] content) {
        try (GZIPInputStream lines = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return lines.readAllBytes();
        } catch (IOException strange) {
            throw new UncheckedIOException(strange);
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
