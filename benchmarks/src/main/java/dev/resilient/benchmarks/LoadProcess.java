package dev.resilient.benchmarks;

import dev.resilient.load.Latencies;
import dev.resilient.load.Load;
import dev.resilient.load.LoadFigures;
import dev.resilient.load.LoadGenerator;
import dev.resilient.load.Outcome;
import dev.resilient.time.SystemTime;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** The load generator in a process of its own: {@code URL THREADS SECONDS RATE...}, a line of figures for each rate. */
public final class LoadProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 256;
    private static final int WARM_UP_SECONDS = 5;

    private LoadProcess() {}

    /** Sends at each rate in turn. */
    public static void main(String[] arguments) throws InterruptedException {
        URI target = URI.create(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        measure(target, threads, WARM_UP_SECONDS, Double.parseDouble(arguments[3]));
        for (int i = 3; i < arguments.length; i++) {
            System.out.println(measure(target, threads, seconds, Double.parseDouble(arguments[i])));
        }
    }

    private static String measure(URI target, int threads, int seconds, double rate) throws InterruptedException {
        Latencies latencies = new Latencies();
        LongAdder failed = new LongAdder();
        long cpu = cpuNanos();
        try (LoadGenerator generator = new LoadGenerator(
                new Load(target, rate, PATIENCE, CONNECTIONS, threads), SystemTime.INSTANCE, sample -> {
                    latencies.record(sample.latencyNanos());
                    if (!(sample.outcome() instanceof Outcome.Response response) || response.status() != 200) {
                        failed.increment();
                    }
                })) {
            SystemTime.INSTANCE.sleep(Duration.ofSeconds(seconds));
            generator.stop();
            LoadFigures figures = generator.figures();
            return String.format(
                    Locale.ROOT,
                    "%8.0f %8.0f %9d %7d %8.2f %8.2f %8.2f %8.2f %6.1f %s",
                    rate,
                    (double) figures.sent() / seconds,
                    figures.sent(),
                    failed.sum(),
                    millis(latencies.percentile(50)),
                    millis(latencies.percentile(99)),
                    millis(figures.lateP99()),
                    millis(figures.lateMax()),
                    (cpuNanos() - cpu) / 1000.0 / figures.sent(),
                    figures.wasLimit() ? "limited by the generator" : "");
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
