package dev.resilient.load;

import dev.resilient.time.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the load: begins its requests when they are due, over its share of the connections, and ends those
 * whose patience is over. Confined to the loop, but for the front door, which hands its calls over to it.
 */
final class Sender {
    /** The longest sleep, so that a clock that does not go by itself is looked at now and then. */
    private static final long LONGEST_SLEEP = TimeUnit.MILLISECONDS.toNanos(5);

    /** So many requests that are overdue are begun before answers are looked at again. */
    private static final int BATCH = 64;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Share share;
    private final Load load;
    private final TimeSource time;
    private final Tally tally;
    private final Consumer<Sample> listener;
    private final ByteBuf head;
    private final Deque<Request> outstanding = new ArrayDeque<>();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> open = new HashSet<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private long begun;
    private boolean stopped;

    Sender(EventLoop loop, Bootstrap bootstrap, Share share, Plan plan) {
        this.loop = loop;
        this.bootstrap = bootstrap.clone().group(loop);
        this.share = share;
        this.load = plan.load();
        this.time = plan.time();
        this.tally = plan.tally();
        this.listener = plan.listener();
        this.head = plan.head();
    }

    /**
     * What all senders share.
     *
     * @param head the request as bytes
     */
    record Plan(Load load, TimeSource time, Tally tally, Consumer<Sample> listener, ByteBuf head) {}

    /**
     * Which requests and how many of the connections are a sender's.
     *
     * @param startNanos when the first one is due
     * @param everyNanos the pause from one to the next
     */
    record Share(long startNanos, double everyNanos, int connections) {
        long due(long number) {
            return startNanos + (long) (number * everyNanos);
        }
    }

    /** Begins to send. */
    void start() {
        loop.execute(this::tick);
    }

    /** Begins no more; the result is complete when the last request has ended. */
    CompletableFuture<Void> stop() {
        loop.execute(() -> {
            stopped = true;
            finishIfDone();
        });
        return finished;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task itself says what comes next
    private void tick() {
        long now = time.nanoTime();
        for (int batch = 0; !stopped && batch < BATCH && share.due(begun) - now <= 0; batch++) {
            Request request = new Request(share.due(begun));
            begun++;
            tally.begun(time.nanoTime() - request.dueNanos());
            outstanding.add(request);
            begin(request);
        }
        endOverdue(now);
        if (stopped && finishIfDone()) {
            return;
        }
        long sleep = stopped ? LONGEST_SLEEP : Math.clamp(share.due(begun) - now, 0, LONGEST_SLEEP);
        loop.schedule(this::tick, sleep, TimeUnit.NANOSECONDS);
    }

    /** Sends a request on a connection that is free, or on a new one, or has it wait. */
    void begin(Request request) {
        Connection free = idle.poll();
        if (free != null) {
            free.send(request);
        } else if (open.size() < share.connections) {
            connect(request);
        } else {
            tally.waits();
            waiting.add(request);
        }
    }

    /** A connection has answered, and can be used again. */
    void free(Connection connection) {
        Request first = nextWaiting();
        if (first == null) {
            idle.push(connection);
        } else {
            connection.send(first);
        }
    }

    /** A connection is gone. */
    void closed(Connection connection) {
        open.remove(connection);
        idle.remove(connection);
        tally.closed();
    }

    /** There may be room for a request that waits. */
    void next() {
        if (!waiting.isEmpty() && open.size() < share.connections) {
            Request first = nextWaiting();
            if (first != null) {
                connect(first);
            }
        }
    }

    /** Tells what became of a request, unless that is known already. */
    void ended(Request request, Outcome outcome) {
        if (request.end()) {
            listener.accept(new Sample(request.dueNanos(), time.nanoTime() - request.dueNanos(), outcome));
        }
    }

    private @Nullable Request nextWaiting() {
        Request first = waiting.poll();
        while (first != null && first.hasEnded()) {
            first = waiting.poll();
        }
        return first;
    }

    /** All requests have the same patience, so those that are due to end are at the front. */
    private void endOverdue(long now) {
        long patience = load.patience().toNanos();
        Request oldest = outstanding.peek();
        while (oldest != null && (oldest.hasEnded() || now - oldest.dueNanos() >= patience)) {
            outstanding.remove();
            if (!oldest.hasEnded()) {
                giveUp(oldest);
            }
            oldest = outstanding.peek();
        }
    }

    private void giveUp(Request request) {
        ended(request, new Outcome.TimeOut());
        open.stream().filter(connection -> connection.carries(request)).toList().forEach(Connection::close);
    }

    private boolean finishIfDone() {
        boolean done = outstanding.stream().allMatch(Request::hasEnded);
        if (done) {
            finished.complete(null);
        }
        return done;
    }

    private void connect(Request request) {
        Connection connection = new Connection(this, head, request);
        open.add(connection);
        tally.opened();
        bootstrap
                .clone()
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.clamp(load.patience().toMillis(), 1, Integer.MAX_VALUE))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), connection);
                    }
                })
                .connect(new InetSocketAddress(load.target().getHost(), port()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        closed(connection);
                        ended(
                                request,
                                new Outcome.ConnectFailure(
                                        String.valueOf(done.cause().getMessage())));
                        next();
                    }
                });
    }

    private int port() {
        return load.target().getPort() < 0 ? 80 : load.target().getPort();
    }
}
