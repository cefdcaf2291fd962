package dev.resilient.loadbalancer;

import static org.awaitility.Awaitility.await;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.metric.BalancerMetrics;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A load balancer with one listener and one target group, checked so often that nobody has to wait. */
final class Stage implements AutoCloseable {
    static final TargetGroupSettings QUICK = TargetGroupSettings.DEFAULT.withHealthCheck(HealthCheck.DEFAULT
            .withTiming(Duration.ofMillis(50), Duration.ofSeconds(5))
            .withThresholds(2, 2));
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final int PATIENCE_SECONDS = 20;
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
    private final List<BalancerEvent.TargetHealthChanged> healthChanges = new CopyOnWriteArrayList<>();
    private final BlockingQueue<BalancerEvent> connections = new LinkedBlockingQueue<>();
    private final BalancerMetrics metrics = new BalancerMetrics();
    private final LoadBalancer balancer;
    private final TargetGroup group;
    private final Listener listener;

    private Stage(UnaryOperator<LoadBalancer.Builder> options, TargetGroupSettings settings, InetSocketAddress address)
            throws IOException {
        balancer = options.apply(LoadBalancer.builder()
                        .workerThreads(2)
                        .random(new Random(1))
                        .events(this::record))
                .start();
        group = new TargetGroup("group", settings);
        listener = balancer.listen(address, new Action.Forward(group));
    }

    /** Settings under which a healthy target is left alone for the rest of the test. */
    static TargetGroupSettings patient() {
        return QUICK.withHealthCheck(QUICK.healthCheck().withTiming(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    static Stage with(RawTarget... targets) throws IOException {
        return with(builder -> builder, QUICK, targets);
    }

    /** A balancer whose targets are all healthy; they are called {@code i-0}, {@code i-1} and so on. */
    static Stage with(UnaryOperator<LoadBalancer.Builder> options, TargetGroupSettings settings, RawTarget... targets)
            throws IOException {
        return at(ANY_PORT, options, settings, targets);
    }

    /** The same on another address. */
    static Stage at(
            InetSocketAddress address,
            UnaryOperator<LoadBalancer.Builder> options,
            TargetGroupSettings settings,
            RawTarget... targets)
            throws IOException {
        Stage stage = new Stage(options, settings, address);
        for (int i = 0; i < targets.length; i++) {
            stage.group.register(List.of(targets[i].as("i-" + i)));
        }
        stage.awaitAll(TargetState.HEALTHY);
        return stage;
    }

    private void record(BalancerEvent event) {
        metrics.accept(event);
        switch (event) {
            case BalancerEvent.RequestFinished(Exchange exchange) -> exchanges.add(exchange);
            case BalancerEvent.TargetHealthChanged changed -> healthChanges.add(changed);
            case BalancerEvent.ConnectionOpened opened -> connections.add(opened);
            case BalancerEvent.ConnectionClosed closed -> connections.add(closed);
        }
    }

    void awaitAll(TargetState... states) {
        await("targets " + Arrays.toString(states))
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> group.targets().stream().allMatch(status -> List.of(states)
                        .contains(status.health().state())));
    }

    void awaitSome(TargetState state) {
        await("a target that is " + state)
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> group.targets().stream()
                        .anyMatch(status -> status.health().state() == state));
    }

    LoadBalancer balancer() {
        return balancer;
    }

    TargetGroup group() {
        return group;
    }

    Listener listener() {
        return listener;
    }

    InetSocketAddress address() {
        return listener.address();
    }

    List<BalancerEvent.TargetHealthChanged> healthChanges() {
        return healthChanges;
    }

    TargetHealth health(String id) {
        return group.targets().stream()
                .filter(status -> status.target().id().equals(id))
                .findFirst()
                .orElseThrow()
                .health();
    }

    /** What has been counted, the last exchange that was asked for included. */
    BalancerMetrics metrics() {
        return metrics;
    }

    /** The next connection that was opened or closed. */
    BalancerEvent connection() throws InterruptedException {
        BalancerEvent event = connections.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no connection was opened or closed within " + PATIENCE_SECONDS + " s");
        }
        return event;
    }

    /** The record of the next finished request. */
    Exchange exchange() throws InterruptedException {
        Exchange exchange = exchanges.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (exchange == null) {
            throw new AssertionError("no request finished within " + PATIENCE_SECONDS + " s");
        }
        return exchange;
    }

    @Override
    public void close() {
        balancer.close();
    }
}
