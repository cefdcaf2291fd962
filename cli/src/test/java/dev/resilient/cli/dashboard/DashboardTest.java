package dev.resilient.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.time.SystemTime;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page's server by itself, with nothing deployed; what it shows and does is tried in a browser, end to end. */
class DashboardTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" content=\"(\\w+)\"");

    private final AtomicInteger looks = new AtomicInteger();
    private final Dashboard dashboard = Dashboard.of(new Nowhere(), 0, SystemTime.INSTANCE);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        dashboard.close();
    }

    @Test
    void it_listens_on_loopback_and_lets_the_page_load_nothing_from_elsewhere() throws Exception {
        assertThat(dashboard.address().getHost()).isEqualTo("127.0.0.1");
        HttpResponse<String> page = get("");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get("page.css").headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(get("page.html").statusCode()).isEqualTo(404);
        assertThat(get("acts/go-on").statusCode()).isEqualTo(404);
    }

    @Test
    void a_port_that_is_taken_is_refused_in_a_sentence() {
        int taken = dashboard.address().getPort();
        assertThatThrownBy(() -> Dashboard.beside(taken, SystemTime.INSTANCE))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("cannot listen on port " + taken);
        assertThatThrownBy(() -> Dashboard.beside(65_536, SystemTime.INSTANCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void nothing_is_asked_until_somebody_looks() throws Exception {
        get("");
        assertThat(looks).hasValue(0);
        HttpRequest frames =
                HttpRequest.newBuilder(dashboard.address().resolve("frames")).build();
        try (InputStream stream = client.send(frames, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            await().until(() -> looks.get() > 0);
            String frame = lines.lines()
                    .filter(line -> line.contains("No local cloud"))
                    .findFirst()
                    .orElseThrow();
            assertThat(frame).startsWith("data: {").contains("\"kind\":\"NOTHING\"", "resilient deploy");
        }
    }

    @Test
    void an_act_that_makes_no_sense_says_so_and_the_step_still_waits() throws Exception {
        String token = token();
        assertThat(post("go-on", token).statusCode()).isEqualTo(409);
        assertThat(post("go-on", token).body()).contains("There is no deployment.");
        assertThat(post("requests", token).body()).contains("There is no service to send requests to.");
        assertThat(post("parameters/other/change", token).body()).contains("There is no parameter other.");
        assertThat(post("instances/i-1/terminate", token).body()).contains("The deployment has no instance i-1.");
        assertThat(post("instances/i-1/terminate", "wrong").statusCode()).isEqualTo(403);
    }

    private String token() throws Exception {
        Matcher token = TOKEN.matcher(get("").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> post(String act, String token) throws Exception {
        return send(HttpRequest.newBuilder(uri("acts/" + act))
                .header("X-Resilient-Token", token)
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private URI uri(String path) {
        return dashboard.address().resolve(path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private final class Nowhere implements Finder {
        @Override
        public Optional<Scenario> find() {
            looks.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public Optional<String> absence() {
            return Optional.of("No local cloud is running.");
        }
    }
}
