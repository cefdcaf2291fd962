package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.resilient.load.Load;
import dev.resilient.load.LoadGenerator;
import dev.resilient.load.Outcome;
import dev.resilient.load.Sample;
import dev.resilient.loadbalancer.Action;
import dev.resilient.loadbalancer.Listener;
import dev.resilient.loadbalancer.LoadBalancer;
import dev.resilient.loadbalancer.TargetGroup;
import dev.resilient.loadbalancer.metric.BalancerMetrics;
import dev.resilient.loadbalancer.metric.Metric;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.Reading;
import dev.resilient.time.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the users of a drill count is what the load balancer counts, which knows nothing of them. */
class CountersTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String BOOK = "{\"Title\":{\"S\":\"Delta\"},\"Metadata\":{\"InstanceId\":\"i-1\"}}";

    private final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());

    @Test
    void every_kind_of_answer_is_counted_alike_on_both_sides() throws Exception {
        BalancerMetrics metrics = new BalancerMetrics();
        HttpServer good = target(200, BOOK);
        HttpServer bad = target(503, "no");
        TargetGroup group = new TargetGroup("three", TargetGroupSettings.DEFAULT);
        group.register(List.of(at("good", good.getAddress()), at("bad", bad.getAddress()), at("gone", closedPort())));
        try (LoadBalancer balancer = LoadBalancer.builder().events(metrics).start();
                Listener listener = balancer.listen(new InetSocketAddress(LOOPBACK, 0), new Action.Forward(group))) {
            send(listener.address().getPort());
            await().until(() -> metrics.ofLoadBalancer().count(Metric.REQUEST_COUNT) >= samples.size());

            var counted = metrics.ofLoadBalancer();
            assertThat(samples).hasSizeGreaterThan(100);
            assertThat(count(AnswerKind.RECOMMENDATION)).isPositive().isEqualTo(counted.count(Metric.TARGET_2XX_COUNT));
            assertThat(count(AnswerKind.TARGET_ERROR)).isPositive().isEqualTo(counted.count(Metric.TARGET_5XX_COUNT));
            assertThat(count(AnswerKind.BALANCER_ERROR)).isPositive().isEqualTo(counted.count(Metric.ELB_502_COUNT));
            assertThat((long) samples.size()).isEqualTo(counted.count(Metric.REQUEST_COUNT));
        } finally {
            good.stop(0);
            bad.stop(0);
        }
    }

    private void send(int port) {
        Load load = new Load(URI.create("http://127.0.0.1:" + port), 200, Duration.ofSeconds(10), 50, 1);
        try (LoadGenerator generator = new LoadGenerator(load, SystemTime.INSTANCE, samples::add)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> samples.size() >= 200);
            generator.stop();
        }
    }

    private long count(AnswerKind kind) {
        return samples.stream()
                .map(Sample::outcome)
                .map(Outcome.Response.class::cast)
                .filter(response -> Reading.of(response.status(), response.server(), response.body())
                                .kind()
                        == kind)
                .count();
    }

    private static Target at(String id, InetSocketAddress address) {
        return new Target(id, "us-west-2a", address);
    }

    private static HttpServer target(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
        }
    }
}
