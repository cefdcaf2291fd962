package dev.resilient.benchmarks;

import dev.resilient.loadbalancer.Action;
import dev.resilient.loadbalancer.Listener;
import dev.resilient.loadbalancer.LoadBalancer;
import dev.resilient.loadbalancer.TargetGroup;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A load balancer as a process of its own, to be put under load. Prints the port it listens on and then obeys its standard input,
 * {@code + ADDRESS:PORT} to add a target and {@code - ADDRESS:PORT} to take one away, until that ends.
 */
final class BalancerProcess {
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(4);

    private BalancerProcess() {}

    /** @param arguments the number of worker threads, and the first targets */
    public static void main(String[] arguments) throws IOException {
        TargetGroup group = new TargetGroup("benchmark", settings());
        List<Target> targets = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            targets.add(target(arguments[i]));
        }
        group.register(targets);
        try (LoadBalancer balancer = LoadBalancer.builder()
                        .workerThreads(Integer.parseInt(arguments[0]))
                        .start();
                Listener listener = balancer.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new Action.Forward(group))) {
            System.out.println(listener.address().getPort());
            obey(group);
        }
    }

    private static TargetGroupSettings settings() {
        HealthCheck check = HealthCheck.DEFAULT.withTiming(CHECK_INTERVAL, CHECK_TIMEOUT);
        return TargetGroupSettings.DEFAULT.withHealthCheck(check).withDeregistrationDelay(CHECK_INTERVAL);
    }

    private static void obey(TargetGroup group) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            List<Target> named = List.of(target(line.substring(2)));
            switch (line.charAt(0)) {
                case '+' -> group.register(named);
                case '-' -> group.deregister(named);
                default -> throw new IllegalArgumentException("neither + nor -: " + line);
            }
        }
    }

    private static Target target(String address) {
        int colon = address.lastIndexOf(':');
        InetSocketAddress socket =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        return new Target(address, "benchmark", socket);
    }
}
