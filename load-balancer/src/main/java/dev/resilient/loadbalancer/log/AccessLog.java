package dev.resilient.loadbalancer.log;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.Exchange;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of events that writes a line for each finished request. Lines are made and written by a thread of its own, so that the
 * threads that carry the traffic never wait for a disk: requests wait in a queue of limited length, and when that is full the line of
 * a new one is dropped and counted. Thread-safe.
 */
public final class AccessLog implements Consumer<BalancerEvent>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private final String loadBalancer;
    private final Writer sink;
    private final LongAdder dropped = new LongAdder();
    private final ThreadPoolExecutor writer;

    /**
     * Begins to write.
     *
     * @param loadBalancer what the log calls the load balancer: on AWS {@code app/name/id}
     * @param sink closed with the log
     * @param capacity how many requests may wait to be written, one or more
     */
    public AccessLog(String loadBalancer, Writer sink, int capacity) {
        this.loadBalancer = loadBalancer;
        this.sink = sink;
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(capacity),
                Thread.ofVirtual().name("access-log").factory(),
                (line, executor) -> dropped.increment());
    }

    /** Takes note of a finished request; never blocks. */
    @Override
    public void accept(BalancerEvent event) {
        if (event instanceof BalancerEvent.RequestFinished(Exchange exchange)) {
            writer.execute(() -> write(exchange));
        }
    }

    /** How many requests have no line: the queue was full, the sink failed, or the log had been closed. */
    public long dropped() {
        return dropped.sum();
    }

    /** Whoever reads the sink sees a line as soon as no other one waits to be written. */
    private void write(Exchange exchange) {
        try {
            sink.write(AccessLogLine.of(exchange, loadBalancer) + "\n");
            if (writer.getQueue().isEmpty()) {
                sink.flush();
            }
        } catch (IOException failure) {
            dropped.increment();
            log.warn("a line of the access log of {} could not be written", loadBalancer, failure);
        }
    }

    /** Writes what waits, then closes the sink. May be called again. */
    @Override
    public void close() throws IOException {
        writer.close();
        sink.close();
    }
}
