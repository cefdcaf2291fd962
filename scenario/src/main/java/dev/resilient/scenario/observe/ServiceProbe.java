package dev.resilient.scenario.observe;

import dev.resilient.time.TimeSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the service as its users do, and tells what the answers mean. A probe keeps one connection alive; it is used
 * by one thread at a time and must be closed.
 */
public final class ServiceProbe implements AutoCloseable {
    /** How long a user waits for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI endpoint;
    private final Duration patience;
    private final TimeSource time;
    private @Nullable HttpConnection kept;

    /**
     * A probe of the service at {@code endpoint}, an http address.
     *
     * @param patience how long to wait for a connection, and then for an answer
     */
    public ServiceProbe(URI endpoint, Duration patience, TimeSource time) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.time = time;
    }

    /** Where the service is. */
    public URI endpoint() {
        return endpoint;
    }

    /** One request on a connection of its own. */
    public Answer sendOnFreshConnection() {
        long sent = time.nanoTime();
        try (HttpConnection connection = HttpConnection.open(endpoint, patience, time)) {
            return classified(sent, true, connection.get(false));
        } catch (IOException failure) {
            return failed(sent, true, failure);
        }
    }

    /**
     * One request on the connection that was kept alive, or on a new one to be kept. A kept connection that turns out to have
     * been closed meanwhile makes no failure: the request is sent on a new one, as RFC 9112 section 9.3.1 lets any client do.
     */
    public Answer sendOnKeptConnection() {
        long sent = time.nanoTime();
        HttpConnection previous = kept;
        if (previous != null) {
            try {
                return kept(sent, previous);
            } catch (IOException failure) {
                close();
                if (previous.hasBegunToAnswer() || failure instanceof SocketTimeoutException) {
                    return failed(sent, false, failure);
                }
            }
        }
        try {
            HttpConnection connection = HttpConnection.open(endpoint, patience, time);
            kept = connection;
            return kept(sent, connection);
        } catch (IOException failure) {
            close();
            return failed(sent, false, failure);
        }
    }

    @Override
    public void close() {
        HttpConnection connection = kept;
        kept = null;
        if (connection != null) {
            connection.close();
        }
    }

    private Answer kept(long sent, HttpConnection connection) throws IOException {
        Answer answer = classified(sent, false, connection.get(true));
        if (!connection.isReusable()) {
            close();
        }
        return answer;
    }

    private Answer failed(long sent, boolean fresh, IOException failure) {
        String reason = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        return new Answer(
                sent,
                Duration.ofNanos(time.nanoTime() - sent),
                fresh,
                ResponseKind.ERROR,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                reason);
    }

    private Answer classified(long sent, boolean fresh, HttpConnection.Response response) {
        Reading reading = Reading.of(response.status(), "", response.body());
        return new Answer(
                sent,
                Duration.ofNanos(time.nanoTime() - sent),
                fresh,
                reading.kind().responseKind(),
                OptionalInt.of(response.status()),
                reading.instanceId(),
                reading.zone(),
                response.body());
    }
}
