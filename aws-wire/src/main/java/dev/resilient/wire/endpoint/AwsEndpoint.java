package dev.resilient.wire.endpoint;

import dev.resilient.time.TimeSource;
import dev.resilient.wire.AnsweredCall;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Interceptor;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.http.WireResponse;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * An HTTP endpoint that speaks AWS's protocols for a list of services, on virtual threads. It listens on the loopback address
 * unless told otherwise, and on nothing before {@link Builder#start}. Single-use: closed once, it stays closed. Thread-safe.
 */
public final class AwsEndpoint implements AutoCloseable {
    private static final int MEBIBYTE = 1 << 20;
    private static final int OBJECT_LIMIT = 64 * MEBIBYTE;
    private static final int REQUEST_LIMIT = 2 * MEBIBYTE;
    private final Dispatcher dispatcher;
    private final WebServer server;
    private final InetAddress address;

    private AwsEndpoint(Builder settings) {
        this.dispatcher = new Dispatcher(settings);
        this.address = settings.address;
        this.server = WebServer.builder()
                .address(settings.address)
                .port(settings.port)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .contentEncoding(new UntouchedContent())
                .directHandlers(withoutPages())
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(Http1Config.builder()
                                .validatePath(false)
                                .validatePrologue(false)
                                .maxPrologueLength(64 * 1024)
                                .maxHeadersSize(64 * 1024)
                                .build())
                        .build())
                .routing(HttpRouting.builder().any(this::handle))
                .build();
    }

    /** Settings of an endpoint for this region, with AWS's rules on the time of requests measured by {@code time}. */
    public static Builder builder(TimeSource time, Gate gate, String region) {
        return new Builder(time, gate, region);
    }

    /** Where clients reach the endpoint. */
    public URI uri() {
        return URI.create("http://" + address.getHostAddress() + ":" + server.port());
    }

    /** Stops listening and ends open connections. */
    @Override
    public void close() {
        server.stop();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        WireRequest head = head(request);
        int limit = limit(head);
        Optional<byte[]> body = body(request, limit);
        boolean withBody = !head.method().equals("HEAD");
        if (body.isPresent()) {
            send(dispatcher.answer(head.withBody(body.get()), address(request)), response, withBody);
        } else {
            response.header(HeaderNames.CONNECTION, "close");
            send(dispatcher.refuse(head, limit), response, withBody);
        }
    }

    /** Requests that are no HTTP are answered with a status alone: there is no protocol to say more in. */
    private static DirectHandlers withoutPages() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type, (request, event, status, headers, message) -> DirectHandler.TransportResponse.builder()
                            .status(status)
                            .headers(headers)
                            .keepAlive(false)
                            .build());
        }
        return handlers.build();
    }

    private static String address(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress()
                : "";
    }

    private static WireRequest head(ServerRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : request.headers()) {
            headers.put(header.headerName().lowerCase(), header.allValues());
        }
        HttpPrologue prologue = request.prologue();
        return new WireRequest(
                prologue.method().text(),
                prologue.uriPath().rawPath(),
                prologue.query().rawValue(),
                headers,
                BufferData.EMPTY_BYTES);
    }

    private static int limit(WireRequest head) {
        String type = head.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-amz-json") || type.startsWith("application/x-www-form-urlencoded")
                ? REQUEST_LIMIT
                : OBJECT_LIMIT;
    }

    /** The whole body; empty if it is over the limit. */
    private static Optional<byte[]> body(ServerRequest request, int limit) {
        if (!request.content().hasEntity()) {
            return Optional.of(BufferData.EMPTY_BYTES);
        }
        if (request.headers().contentLength().orElse(0) > limit) {
            return Optional.empty();
        }
        try (InputStream stream = request.content().inputStream()) {
            byte[] body = stream.readNBytes(limit + 1);
            return body.length > limit ? Optional.empty() : Optional.of(body);
        } catch (IOException | DataReader.InsufficientDataAvailableException broken) {
            throw new CloseConnectionException("the connection broke within a request", broken);
        }
    }

    private static void send(WireResponse answer, ServerResponse response, boolean withBody) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(name, value));
        if (withBody) {
            response.send(answer.body());
        } else {
            response.send();
        }
    }

    /** Settings of an endpoint. Not thread-safe. */
    public static final class Builder {
        final TimeSource time;
        final Gate gate;
        final String region;
        List<AwsService> services = List.of();
        RandomGenerator random = RandomGenerator.getDefault();
        Interceptor interceptor = Interceptor.NONE;
        Consumer<? super AnsweredCall> listener = call -> {};
        private InetAddress address = InetAddress.getLoopbackAddress();
        private int port;

        private Builder(TimeSource time, Gate gate, String region) {
            this.time = time;
            this.gate = gate;
            this.region = region;
        }

        /** The services to serve; none by default. */
        public Builder services(List<? extends AwsService> served) {
            this.services = List.copyOf(served);
            return this;
        }

        /** Where to listen; by default on the loopback address, on a port that the system chooses, as 0 says. */
        public Builder listenOn(InetAddress listenAddress, int listenPort) {
            this.address = listenAddress;
            this.port = listenPort;
            return this;
        }

        /** Where request ids come from. */
        public Builder random(RandomGenerator source) {
            this.random = source;
            return this;
        }

        /** What stands between calls and their handlers; by default nothing. */
        public Builder interceptor(Interceptor between) {
            this.interceptor = between;
            return this;
        }

        /** Who is told of every answered call: on the call's thread, before the answer is sent, so it must be quick. */
        public Builder listener(Consumer<? super AnsweredCall> told) {
            this.listener = told;
            return this;
        }

        /** Listens; throws {@link UncheckedIOException} if the address is taken. */
        public AwsEndpoint start() {
            AwsEndpoint endpoint = new AwsEndpoint(this);
            endpoint.server.start();
            if (!endpoint.server.isRunning()) {
                throw new UncheckedIOException(
                        "cannot listen on " + address.getHostAddress() + ":" + port,
                        new BindException("the address is in use, or is none of this machine"));
            }
            return endpoint;
        }
    }
}
