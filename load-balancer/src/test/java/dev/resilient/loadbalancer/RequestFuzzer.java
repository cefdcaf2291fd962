package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.RequestParser.Parsed;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.http.BodyLength;
import dev.resilient.loadbalancer.http.BodyReader;
import dev.resilient.loadbalancer.http.ChunkedBody;
import dev.resilient.loadbalancer.http.Forwarding;
import dev.resilient.loadbalancer.http.HeadReader;
import dev.resilient.loadbalancer.http.MessageHead;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.RequestGuard;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.RequestWriter;
import dev.resilient.loadbalancer.settings.DesyncMode;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through the balancer, without sockets, for whatever bytes: what is forwarded is the same requests to two
 * readers that are not the balancer's, however the bytes were cut into pieces; or it is refused.
 */
public final class RequestFuzzer {
    private static final Forwarding FORWARDING = new Forwarding(
            LoadBalancerSettings.DEFAULT,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5000),
            80,
            "Root=1-0-0");

    private final HeadReader heads = new HeadReader(HeadReader.Kind.REQUEST);
    private final ByteBuf in = Unpooled.buffer();
    private final ByteBuf out = Unpooled.buffer();
    private final List<String> lines = new ArrayList<>();
    private int complete;
    private boolean refused;
    private @Nullable BodyReader body;

    private RequestFuzzer() {}

    /** As Jazzer calls it: the first byte says into how large pieces the others are cut. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        Outcome whole = new RequestFuzzer().forward(bytes, Math.max(1, bytes.length));
        Outcome pieces = new RequestFuzzer().forward(bytes, 1 + (input[0] & 0xff));
        if (!whole.sameAs(pieces)) {
            throw new AssertionError("in pieces " + pieces + " but as a whole " + whole);
        }
        check(whole);
    }

    private static void check(Outcome outcome) {
        List<Parsed> jetty = parsed(new JettyRequestParser(), outcome);
        NettyRequestParser second = new NettyRequestParser();
        try {
            List<Parsed> netty = parsed(second, outcome);
            if (!jetty.equals(netty)) {
                throw new AssertionError("Jetty reads " + jetty + ", Netty " + netty);
            }
        } finally {
            second.close();
        }
        List<String> lines = jetty.stream().map(Parsed::line).toList();
        if (!lines.equals(outcome.lines().subList(0, outcome.complete()))) {
            throw new AssertionError("read as " + lines + ": " + outcome);
        }
    }

    private static List<Parsed> parsed(RequestParser parser, Outcome outcome) {
        parser.feed(outcome.forwarded().getBytes(StandardCharsets.ISO_8859_1));
        if (parser.isMalformed()) {
            throw new AssertionError(parser.getClass().getSimpleName() + " refuses what was forwarded: " + outcome);
        }
        return parser.requests().stream()
                .map(request -> new Parsed(ascii(request.line()), request.body()))
                .toList();
    }

    private Outcome forward(byte[] bytes, int pieceLength) {
        for (int at = 0; at < bytes.length && !refused; at += pieceLength) {
            in.writeBytes(bytes, at, Math.min(pieceLength, bytes.length - at));
            forward();
        }
        Outcome outcome = new Outcome(out.toString(StandardCharsets.ISO_8859_1), lines, complete, refused);
        if (!in.release() || !out.release()) {
            throw new AssertionError("a piece of the body is still in use: " + outcome);
        }
        return outcome;
    }

    private void forward() {
        try {
            while (body != null || begin()) {
                BodyReader reader = Objects.requireNonNull(body);
                ByteBuf piece = reader.read(in);
                out.writeBytes(piece);
                piece.release();
                if (!reader.isComplete()) {
                    return;
                }
                complete++;
                body = null;
            }
        } catch (RejectedException malformed) {
            refused = true;
        }
    }

    private boolean begin() throws RejectedException {
        MessageHead head = heads.read(in);
        if (head == null) {
            return false;
        }
        RequestHead request = RequestGuard.check(head, DesyncMode.DEFENSIVE);
        RequestWriter.write(request, FORWARDING, out);
        lines.add(ascii(request.method() + " " + request.path()));
        body = switch (request.body()) {
            case BodyLength.Fixed fixed -> new BodyReader.Fixed(fixed.bytes());
            case BodyLength.UntilClose() -> throw new AssertionError("no request ends with its connection");
            case BodyLength.Chunked() -> ChunkedBody.framed(BalancerReason.MALFORMED_REQUEST);
        };
        return true;
    }

    /** Without what readers decode in different ways. */
    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "");
    }

    /**
     * What became of some bytes.
     *
     * @param lines method and request target of each request whose head was forwarded
     * @param complete how many of them were forwarded as a whole
     */
    private record Outcome(String forwarded, List<String> lines, int complete, boolean refused) {

        /** What was forwarded of a chunk before a fault in it was seen may differ. */
        boolean sameAs(Outcome other) {
            return lines.equals(other.lines)
                    && complete == other.complete
                    && refused == other.refused
                    && (refused || forwarded.equals(other.forwarded));
        }

        @Override
        public String toString() {
            return complete + " of " + lines + (refused ? ", then refused: " : ": ") + forwarded;
        }
    }
}
