package dev.resilient.scenario.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.resilient.time.SystemTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final byte[] BODY =
            "{\"Title\":{\"S\":\"Mirrorball\"},\"Metadata\":{\"InstanceId\":\"i-1\"}}".getBytes(StandardCharsets.UTF_8);

    @Test
    void it_sends_on_fresh_and_on_kept_connections_until_it_is_closed() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, BODY.length);
            exchange.getResponseBody().write(BODY);
            exchange.close();
        });
        server.start();
        try {
            URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var told = new ConcurrentLinkedQueue<Answer>();
            List<Answer> answers;
            try (var traffic = new Traffic(
                    () -> new ServiceProbe(endpoint, Duration.ofSeconds(5), SystemTime.INSTANCE),
                    Duration.ofMillis(5),
                    SystemTime.INSTANCE,
                    told::add)) {
                await().until(() ->
                        told.stream().filter(Answer::freshConnection).count() > 5
                                && told.stream()
                                                .filter(answer -> !answer.freshConnection())
                                                .count()
                                        > 5);
                answers = traffic.answersSince(0);
                assertThat(traffic.answersSince(answers.get(3).sentNanos()).getFirst())
                        .isEqualTo(answers.get(3));
            }
            assertThat(answers).allMatch(answer -> answer.is(ResponseKind.RECOMMENDATION));
            assertThat(answers).isSortedAccordingTo(Comparator.comparingLong(Answer::sentNanos));
        } finally {
            server.stop(0);
        }
    }
}
