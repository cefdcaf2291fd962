package dev.resilient.wire.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.time.SystemTime;
import dev.resilient.wire.KeyRing;
import dev.resilient.wire.Models;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.Shelf;
import dev.resilient.wire.TestCloud;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.protocol.WireProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint as a raw client sees it. */
final class AwsEndpointTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final Pattern LENGTH = Pattern.compile("Content-Length: ([0-9]+)", Pattern.CASE_INSENSITIVE);
    private TestCloud cloud;

    @BeforeEach
    void start() {
        cloud = new TestCloud(
                new Shelf(),
                TestCloud.service(Models.STS, operations -> {}),
                TestCloud.service(Models.EC2, operations -> {}),
                TestCloud.service(Models.LOAD_BALANCING, operations -> {}),
                TestCloud.service(Models.DYNAMO_DB, operations -> {}),
                TestCloud.service(Models.SSM, operations -> {}));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "X-Amz-Target: DynamoDB_20120810.ListTables | {} | 400 |"
                        + " {\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\",",
                "X-Amz-Target: AmazonSSM.GetParameters | {} | 400 | {\"__type\":\"MissingAuthenticationTokenException\",",
                "X-Amz-Target: Unheard_1.Of | {} | 400 | {\"__type\":\"MissingAuthenticationTokenException\",",
                "Content-Type: application/x-www-form-urlencoded | Action=DescribeVpcs&Version=2016-11-15 | 400 |"
                        + " <Response><Errors><Error><Code>MissingParameter</Code>",
                "Content-Type: application/x-www-form-urlencoded | Action=GetCallerIdentity&Version=2011-06-15 | 403 |"
                        + " <ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">",
                "Accept: text/xml | x | 403 | <Error><Code>AccessDenied</Code><Message>Access Denied</Message>",
            })
    void an_unsigned_request_is_refused_in_the_protocol_that_it_speaks(
            String header, String body, int status, String start) throws IOException {
        String answer = exchange("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains(start);
    }

    @Test
    void a_broken_authorization_is_refused_and_its_signature_is_not_repeated() throws IOException {
        String answer = exchange("GET /b/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: AWS4-HMAC-SHA256"
                + " Signature=abcdef\r\n\r\n");
        assertThat(answer).contains("AuthorizationHeaderMalformed").doesNotContain("abcdef");
    }

    @Test
    void a_body_over_the_limit_is_refused_before_it_is_read() throws IOException {
        String form = exchange(
                "POST / HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: " + (2 * 1024 * 1024 + 1) + "\r\n\r\n");
        assertThat(form).startsWith("HTTP/1.1 413").contains("<Code>RequestEntityTooLarge</Code>");
        String object =
                exchange("PUT /b/k HTTP/1.1\r\nHost: x\r\nContent-Length: " + (64 * 1024 * 1024 + 1) + "\r\n\r\n");
        assertThat(object).startsWith("HTTP/1.1 400").contains("<Code>EntityTooLarge</Code>");
    }

    @Test
    void expect_continue_is_answered() throws IOException {
        String answer = exchange(
                cloud.uri(),
                "PUT /b/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                        + "Content-Length: 1\r\n\r\nx",
                2);
        assertThat(answer).startsWith("HTTP/1.1 100").contains("HTTP/1.1 403");
    }

    @Test
    void a_connection_serves_one_request_after_another() throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 8\r\n";
        String answers =
                exchange(cloud.uri(), request + "\r\nAction=A" + request + "Connection: close\r\n\r\nAction=B", 2);
        assertThat(answers.split("HTTP/1.1 403", -1)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"NONSENSE", "GET / HTTP/9.9", "GET http://[ HTTP/1.1"})
    void what_is_no_http_gets_no_page(String line) throws IOException {
        String answer = exchange(line + "\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .doesNotContainIgnoringCase("helidon")
                .doesNotContain("Exception")
                .doesNotContain("<html");
    }

    @Test
    void the_older_load_balancing_api_is_named_as_what_is_not_supported() {
        WireRequest request = new WireRequest(
                "POST", "/", "", Map.of(), "Action=DescribeLoadBalancers&Version=2012-06-01".getBytes(UTF_8));
        assertThatThrownBy(() -> WireProtocol.of(Models.LOAD_BALANCING)
                        .resolve(request, new OperationRegistry("elasticloadbalancing")))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidAction"))
                .hasMessage("The action DescribeLoadBalancers of version 2012-06-01 is not supported by this local"
                        + " cloud.");
    }

    @ParameterizedTest
    @CsvSource({"/?X-Amz-Signature=%zz, '', 400", "/, Action=%zz, 403", "/%zz?Action=A, '', 403"})
    void encoding_that_cannot_be_read_is_the_callers_mistake(String target, String body, int status)
            throws IOException {
        String answer = exchange("POST " + target + " HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: "
                + body.length() + "\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("<Code>");
    }

    @Test
    void a_listener_that_fails_disturbs_nobody() throws IOException {
        try (AwsEndpoint endpoint = AwsEndpoint.builder(SystemTime.INSTANCE, new KeyRing(), "us-west-2")
                .listener(call -> {
                    throw new IllegalStateException("not listening");
                })
                .start()) {
            assertThat(exchange(endpoint.uri(), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 1))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void a_taken_address_is_an_error() {
        InetAddress address = InetAddress.getLoopbackAddress();
        AwsEndpoint.Builder second = AwsEndpoint.builder(SystemTime.INSTANCE, new KeyRing(), "us-west-2")
                .services(List.of())
                .listenOn(address, cloud.uri().getPort());
        assertThatThrownBy(second::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen");
    }

    private String exchange(String request) throws IOException {
        return exchange(cloud.uri(), request, 1);
    }

    /** Sends {@code request} and returns the first {@code responses} responses, head and body. */
    private static String exchange(URI endpoint, String request, int responses) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(US_ASCII));
            out.flush();
            StringBuilder answer = new StringBuilder();
            for (int i = 0; i < responses; i++) {
                answer.append(response(socket.getInputStream()));
            }
            return answer.toString();
        }
    }

    private static String response(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        return length.find()
                ? head + new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8)
                : head.toString();
    }
}
