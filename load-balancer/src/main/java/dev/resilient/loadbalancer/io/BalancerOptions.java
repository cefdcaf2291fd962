package dev.resilient.loadbalancer.io;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.time.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What was chosen about a load balancer, as its builder describes it. */
public record BalancerOptions(
        TimeSource time,
        RandomGenerator random,
        Consumer<? super BalancerEvent> events,
        int workerThreads,
        Duration idleTimeout,
        Duration connectTimeout,
        Predicate<InetSocketAddress> reaches) {}
