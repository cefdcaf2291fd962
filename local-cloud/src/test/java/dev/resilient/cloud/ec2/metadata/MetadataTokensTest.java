package dev.resilient.cloud.ec2.metadata;

import static dev.resilient.cloud.ec2.metadata.MetadataFixture.ROOT;
import static dev.resilient.cloud.ec2.metadata.MetadataFixture.TIME_TO_LIVE;
import static dev.resilient.cloud.ec2.metadata.MetadataFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.ec2.metadata.MetadataFixture.Options;
import dev.resilient.testing.ManualTime;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens: how they are had, for how long and for whom they are good, and what is told without one. */
final class MetadataTokensTest {
    private final MetadataFixture metadata = new MetadataFixture();
    private final ManualTime time = metadata.time;

    @AfterEach
    void close() {
        metadata.close();
    }

    @Test
    void a_token_opens_the_metadata() throws Exception {
        HttpResponse<String> response = metadata.putToken("21600");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue(TIME_TO_LIVE)).contains("21600");
        assertThat(response.headers().firstValue("Server")).contains("EC2ws");
        assertThat(metadata.get(ROOT + "instance-id", response.body()).body()).isEqualTo("i-0123456789abcdef0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "21601", "-1", "soon", ""})
    void a_token_for_an_impossible_time_is_a_bad_request(String seconds) throws Exception {
        HttpResponse<String> response = metadata.putToken(seconds);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<title>400 - Bad Request</title>", "<h1>400 - Bad Request</h1>");
    }

    @Test
    void a_token_without_a_time_is_a_bad_request() throws Exception {
        assertThat(metadata.send(metadata.request("/latest/api/token").PUT(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_body_that_does_not_end_is_not_waited_for() throws Exception {
        URI endpoint = metadata.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(10_000);
            String head = "PUT /latest/api/token HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n";
            socket.getOutputStream().write((head + "x".repeat(20_000)).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void a_forwarded_request_gets_no_token() throws Exception {
        HttpResponse<String> response = metadata.send(metadata.request("/latest/api/token")
                .header(TIME_TO_LIVE, "60")
                .header("X-Forwarded-For", "192.0.2.1")
                .PUT(HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void a_token_is_only_put_and_only_at_latest() throws Exception {
        HttpResponse<String> got = metadata.send(metadata.request("/latest/api/token"));
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(got.headers().firstValue("Allow")).contains("OPTIONS, PUT");
        assertThat(metadata.send(metadata.request("/2021-07-15/api/token")
                                .header(TIME_TO_LIVE, "60")
                                .PUT(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void without_a_token_nothing_is_told_where_tokens_are_required() throws Exception {
        HttpResponse<String> response = metadata.send(metadata.request(ROOT + "instance-id"));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("<h1>401 - Unauthorized</h1>");
    }

    @Test
    void where_tokens_are_optional_none_will_do_but_a_bad_one_will_not() throws Exception {
        metadata.shows(new Options(true, false, false), null);
        assertThat(metadata.send(metadata.request(ROOT + "instance-id")).statusCode())
                .isEqualTo(200);
        assertThat(metadata.get(ROOT + "instance-id", "bad").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 21600})
    void a_token_may_last_from_a_second_to_six_hours(int seconds) throws Exception {
        String token = metadata.putToken(String.valueOf(seconds)).body();
        time.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(metadata.get(ROOT, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofMillis(1));
        assertThat(metadata.get(ROOT, token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_expires() throws Exception {
        String token = metadata.putToken("60").body();
        time.advance(Duration.ofSeconds(59));
        assertThat(metadata.get(ROOT, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofSeconds(1));
        assertThat(metadata.get(ROOT, token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_of_one_instance_is_no_good_at_another() throws Exception {
        String token = metadata.putToken("60").body();
        try (MetadataService other = metadata.anotherService()) {
            HttpResponse<String> response = metadata.send(
                    HttpRequest.newBuilder(other.endpoint().resolve(ROOT)).header(TOKEN, token));
            assertThat(response.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void a_disabled_service_refuses_everything() throws Exception {
        metadata.shows(new Options(false, false, false), null);
        assertThat(metadata.putToken("60").statusCode()).isEqualTo(403);
        assertThat(metadata.send(metadata.request(ROOT)).statusCode()).isEqualTo(403);
    }
}
