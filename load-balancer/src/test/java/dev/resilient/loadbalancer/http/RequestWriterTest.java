package dev.resilient.loadbalancer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.settings.ForwardedForMode;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head that a target is sent. */
class RequestWriterTest {
    private static final LoadBalancerSettings DEFAULT = LoadBalancerSettings.DEFAULT;

    @ParameterizedTest
    @CsvSource({
        "80, GET / HTTP/1.1, example.com, example.com",
        "80, GET / HTTP/1.1, example.com:80, example.com",
        "80, GET / HTTP/1.1, example.com:8443, example.com",
        "80, GET http://dns_name/x HTTP/1.1, example.com, dns_name",
        "80, GET https://dns_name/x HTTP/1.1, example.com, dns_name",
        "8080, GET / HTTP/1.1, example.com, example.com:8080",
        "8080, GET / HTTP/1.1, example.com:8080, example.com:8080",
        "80, GET / HTTP/1.1, [2001:db8::1]:80, [2001:db8::1]",
        "8080, GET / HTTP/1.1, [2001:db8::1], [2001:db8::1]:8080"
    })
    void the_host_has_the_port_of_the_listener_unless_that_is_80(int port, String line, String host, String sent)
            throws RejectedException {
        assertThat(written(DEFAULT, "10.0.0.9", port, line, "Host: " + host)).contains("\r\nHost: " + sent + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"80, example.com:80", "8080, example.com", "8080, [::1]"})
    void a_preserved_host_is_sent_as_it_came(int port, String host) throws RejectedException {
        assertThat(written(DEFAULT.withPreserveHost(true), "10.0.0.9", port, "GET / HTTP/1.1", "Host: " + host))
                .contains("\r\nHost: " + host + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "APPEND   | false | 127.0.0.1   | -                  | 127.0.0.1",
                "APPEND   | false | 127.0.0.1   | 127.0.0.4          | 127.0.0.4, 127.0.0.1",
                "APPEND   | true  | 127.0.0.1   | -                  | 127.0.0.1:5000",
                "APPEND   | true  | 127.0.0.1   | 127.0.0.4          | 127.0.0.4, 127.0.0.1:5000",
                "APPEND   | false | 2001:db8::1 | -                  | 2001:db8::1",
                "APPEND   | true  | 2001:db8::1 | -                  | [2001:db8::1]:5000",
                "PRESERVE | false | 127.0.0.1   | 127.0.0.4          | 127.0.0.4",
                "PRESERVE | true  | 127.0.0.1   | 127.0.0.4, 1.2.3.4 | 127.0.0.4, 1.2.3.4",
                "PRESERVE | true  | 127.0.0.1   | -                  | -",
                "REMOVE   | false | 127.0.0.1   | 127.0.0.4          | -",
                "REMOVE   | true  | 127.0.0.1   | -                  | -"
            })
    void the_client_is_named_as_the_mode_says(
            ForwardedForMode mode, boolean port, String client, String received, String sent) throws RejectedException {
        String[] fields =
                received == null ? new String[] {"Host: a"} : new String[] {"Host: a", "X-Forwarded-For: " + received};
        String head = written(DEFAULT.withForwardedFor(mode, port), client, 80, "GET / HTTP/1.1", fields);
        if (sent == null) {
            assertThat(head).doesNotContain("X-Forwarded-For");
        } else {
            assertThat(head).containsOnlyOnce("X-Forwarded-For").contains("X-Forwarded-For: " + sent + "\r\n");
        }
        assertThat(head).contains("X-Forwarded-Proto: http\r\nX-Forwarded-Port: 80\r\n");
    }

    @Test
    void fields_of_unusual_names_are_left_out_only_if_they_are_to_be() throws RejectedException {
        String[] fields = {"Host: a", "X_Under: 1", "X.Dot: 2", "X-1: 3"};
        assertThat(written(DEFAULT, "10.0.0.9", 80, "GET / HTTP/1.1", fields))
                .contains("X_Under: 1\r\nX.Dot: 2\r\nX-1: 3\r\n");
        assertThat(written(DEFAULT.withDropInvalidHeaderFields(true), "10.0.0.9", 80, "GET / HTTP/1.1", fields))
                .contains("X-1: 3\r\n")
                .doesNotContain("X_Under", "X.Dot");
    }

    @Test
    void thirty_forwarded_addresses_are_passed_on_and_one_more_is_refused() throws RejectedException {
        String thirty = String.join(",", Collections.nCopies(30, "10.0.0.1"));
        assertThat(written(DEFAULT, "10.0.0.9", 80, "GET / HTTP/1.1", "Host: a", "X-Forwarded-For: " + thirty))
                .contains(thirty + ", 10.0.0.9\r\n");
        assertThatThrownBy(() -> written(
                        DEFAULT,
                        "10.0.0.9",
                        80,
                        "GET / HTTP/1.1",
                        "Host: a",
                        "X-Forwarded-For: " + thirty,
                        "X-Forwarded-For: 10.0.0.2"))
                .isInstanceOfSatisfying(RejectedException.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(BalancerReason.TOO_MANY_FORWARDED_ADDRESSES));
    }

    private static String written(LoadBalancerSettings settings, String client, int port, String line, String... fields)
            throws RejectedException {
        byte[] bytes = (line + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        MessageHead head = new HeadReader(HeadReader.Kind.REQUEST).read(Unpooled.wrappedBuffer(bytes));
        assertThat(head).isNotNull();
        ByteBuf out = Unpooled.buffer();
        try {
            RequestWriter.write(
                    RequestGuard.check(head, settings.desyncMode()),
                    new Forwarding(
                            settings, new InetSocketAddress(InetAddress.ofLiteral(client), 5000), port, "Root=1-0-0"),
                    out);
            return out.toString(StandardCharsets.ISO_8859_1);
        } finally {
            out.release();
        }
    }
}
