package dev.resilient.benchmarks;

import dev.resilient.loadbalancer.http.Forwarding;
import dev.resilient.loadbalancer.http.HeadReader;
import dev.resilient.loadbalancer.http.MessageHead;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.RequestGuard;
import dev.resilient.loadbalancer.http.RequestWriter;
import dev.resilient.loadbalancer.http.ResponseHead;
import dev.resilient.loadbalancer.http.ResponseWriter;
import dev.resilient.loadbalancer.http.TraceId;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one request costs apart from the kernel: both of its heads are found, checked and written for the other side. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadBenchmark {
    private static final int PORT = 80;
    private static final int LARGEST = 4 * 1024;
    private final ByteBuf request = bytes("""
        GET /recommendations?user=4711&limit=20 HTTP/1.1
        Host: service.example:80
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9
        Accept-Language: en-US,en;q=0.5
        Accept-Encoding: gzip, deflate
        Cookie: session=0123456789abcdef0123456789abcdef
        Connection: keep-alive

        """);
    private final ByteBuf response = bytes("""
        HTTP/1.1 200 OK
        Server: nginx/1.22.1
        Date: Tue, 24 Nov 2026 10:00:00 GMT
        Content-Type: text/html; charset=utf-8
        Content-Length: 200
        Connection: keep-alive
        Cache-Control: no-cache

        """);
    private final HeadReader requests = new HeadReader(HeadReader.Kind.REQUEST);
    private final HeadReader responses = new HeadReader(HeadReader.Kind.RESPONSE);
    private final RandomGenerator random = new Random(1);
    private final Instant now = Instant.EPOCH;
    private final LoadBalancerSettings settings = LoadBalancerSettings.DEFAULT;
    private final InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
    private final ByteBuf out = Unpooled.directBuffer(LARGEST);

    /** A request on its way to a target. */
    @Benchmark
    public ByteBuf request() throws RejectedException {
        MessageHead head = Objects.requireNonNull(requests.read(request.readerIndex(0)));
        String traceId = TraceId.forwarded(head, TraceId.create(now, random));
        RequestWriter.write(
                RequestGuard.check(head, settings.desyncMode()),
                new Forwarding(settings, client, PORT, traceId),
                out.clear());
        return out;
    }

    /** A response on its way to a client. */
    @Benchmark
    public ByteBuf response() throws RejectedException {
        MessageHead head = Objects.requireNonNull(responses.read(response.readerIndex(0)));
        ResponseWriter.write(ResponseHead.of(head, false), false, true, true, "", out.clear());
        return out;
    }

    private static ByteBuf bytes(String lines) {
        byte[] ascii = lines.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Unpooled.directBuffer(ascii.length).writeBytes(ascii);
    }
}
