package dev.resilient.loadbalancer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.DesyncReason.Severity;
import dev.resilient.loadbalancer.settings.DesyncMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about heads that do not comply, and that no reader is fooled about them. */
class DesyncClassifierTest {

    static Stream<Arguments> heads() {
        return Stream.of(
                head("", "GET / HTTP/1.1"),
                head("", "GET / HTTP/1.0"),
                head("", "POST / HTTP/1.1", "Content-Length: 0"),
                head("", "POST / HTTP/1.1", "Transfer-Encoding: Chunked"),
                head("", "POST / HTTP/1.1", "X_Custom: 1", "Contents-Length: 5"),
                head("BadContentLength", "POST / HTTP/1.1", "Content-Length: +4"),
                head("BadContentLength", "POST / HTTP/1.1", "Content-Length: 4, 4"),
                head("BadContentLength", "POST / HTTP/1.1", "Content-Length:"),
                head("BadHeader", "GET / HTTP/1.1", "X: a\0b"),
                head("BadHeader", "GET / HTTP/1.1", "X: a\rb"),
                head("BadHeader", "GET / HTTP/1.1", "X\0: b"),
                head("BadHeader", "GET / HTTP/1.1", "no colon"),
                head("BadTransferEncoding", "POST / HTTP/1.1", "Transfer-Encoding: xchunked"),
                head("BadTransferEncoding", "POST / HTTP/1.1", "Transfer-Encoding: \u000bchunked"),
                head("BadTransferEncoding", "POST / HTTP/1.1", "Transfer-Encoding:"),
                head("BadUri", "GET /a\0b HTTP/1.1"),
                head("BadUri", "GET /a\rb HTTP/1.1"),
                head("BadUri", "GET"),
                head("BadMethod", "G@T / HTTP/1.1"),
                head("BadMethod", " / HTTP/1.1"),
                head("BadVersion", "GET / HTTP/1.1x"),
                head("BadVersion", "GET / http/1.1"),
                head("MultipleContentLength", "POST / HTTP/1.1", "Content-Length: 4", "Content-Length: 5"),
                head(
                        "MultipleTransferEncodingChunked",
                        "POST / HTTP/1.1",
                        "Transfer-Encoding: chunked",
                        "Transfer-Encoding: chunked"),
                head("AmbiguousUri", "GET /\u0001 HTTP/1.1"),
                head("BothTeClPresent", "POST / HTTP/1.1", "Content-Length: 4", "Transfer-Encoding: chunked"),
                head("DuplicateContentLength", "POST / HTTP/1.1", "Content-Length: 4", "Content-Length: 4"),
                head("EmptyHeader", "GET / HTTP/1.1", ": x"),
                head("EmptyHeader", "GET / HTTP/1.1", "   "),
                head("SuspiciousHeader", "POST / HTTP/1.1", "Transfer_Encoding: chunked"),
                head("SuspiciousHeader", "POST / HTTP/1.1", "Content.Length: 5"),
                head("SuspiciousHeader", "POST / HTTP/1.1", "Transfer-Encoding : chunked"),
                head("SuspiciousHeader", "POST / HTTP/1.1", " Content-Length: 5"),
                head("UndefinedContentLengthSemantics", "GET / HTTP/1.1", "Content-Length: 5"),
                head("UndefinedContentLengthSemantics", "HEAD / HTTP/1.1", "Content-Length: 5"),
                head("UndefinedTransferEncodingSemantics", "GET / HTTP/1.1", "Transfer-Encoding: chunked"),
                head("GetHeadZeroContentLength", "GET / HTTP/1.1", "Content-Length: 0"),
                head("GetHeadZeroContentLength", "HEAD / HTTP/1.1", "Content-Length: 0"),
                head("NonCompliantHeader", "GET / HTTP/1.1", "X: \u00e9"),
                head("NonCompliantHeader", "GET / HTTP/1.1", "X: a\u0001"),
                head("NonCompliantHeader", "GET / HTTP/1.1", "X: a\nY: b"),
                head("NonCompliantVersion", "GET / HTTP/2.0"),
                head("SpaceInUri", "GET /a b HTTP/1.1"));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void a_head_has_the_most_severe_reason_that_applies(String reason, String head) {
        DesyncReason found = DesyncClassifier.classify(head.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(found == null ? "" : found.wireName()).isEqualTo(reason);
    }

    /** So the classifier need not look at heads that nothing is remarkable about. */
    @ParameterizedTest
    @MethodSource("heads")
    void a_head_that_is_accepted_is_never_severe_and_is_looked_at_unless_it_complies(String reason, String head) {
        String complete = head.replace("HTTP/1.1\r\n", "HTTP/1.1\r\nHost: a\r\n");
        ByteBuf in = Unpooled.wrappedBuffer(complete.getBytes(StandardCharsets.ISO_8859_1));
        try {
            MessageHead read = new HeadReader(HeadReader.Kind.REQUEST).read(in);
            assertThat(read).isNotNull();
            RequestHead request = RequestGuard.check(read, DesyncMode.MONITOR);
            assertThat(request.desync() == null ? "" : request.desync().wireName())
                    .isEqualTo(reason);
            assertThat(request.desync())
                    .satisfiesAnyOf(none -> assertThat(none).isNull(), some -> assertThat(some.severity())
                            .isNotEqualTo(Severity.SEVERE));
        } catch (RejectedException refused) {
            assertThat(reason).isNotEmpty();
        }
    }

    @Test
    void every_reason_of_AWS_has_a_head_that_shows_it() {
        Set<String> shown = heads().map(each -> (String) each.get()[0]).collect(Collectors.toSet());
        assertThat(Arrays.stream(DesyncReason.values()).map(DesyncReason::wireName))
                .isSubsetOf(shown);
    }

    private static Arguments head(String reason, String... lines) {
        return Arguments.of(reason, String.join("\r\n", lines) + "\r\n\r\n");
    }
}
