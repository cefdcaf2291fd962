package dev.resilient.cloud.elb.dataplane;

import static dev.resilient.cloud.elb.resource.Errors.CONFIGURATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.elb.attribute.Attributes;
import dev.resilient.cloud.elb.attribute.LoadBalancerAttributes;
import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.log.AccessLog;
import dev.resilient.wire.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the access logs of the load balancers whose attributes ask for it: every five minutes what came together since, and the
 * rest when a log ends. Thread-safe.
 */
public final class AccessLogs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccessLogs.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final int MOST_WAITING = 10_000;

    private final CloudContext cloud;
    private final LogBuckets buckets;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Thread deliveries = Thread.ofVirtual().name("access logs").unstarted(this::run);
    private boolean closed;

    /** Logs that nobody delivers before {@link #start}. */
    public AccessLogs(CloudContext cloud, LogBuckets buckets) {
        this.cloud = cloud;
        this.buckets = buckets;
    }

    /** Where the log of a load balancer goes. */
    private record Place(String bucket, String prefix) {
        static Optional<Place> of(LoadBalancerRecord record) {
            Attributes.Values values = LoadBalancerAttributes.ATTRIBUTES.of(record);
            String prefix = values.text("access_logs.s3.prefix");
            Place place = new Place(values.text("access_logs.s3.bucket"), prefix.isEmpty() ? "" : prefix + "/");
            return Optional.of(place).filter(wanted -> values.isTrue("access_logs.s3.enabled"));
        }
    }

    /** A log that is being written, and its lines that are not delivered yet. */
    private record Running(Place place, String name, String address, StringWriter lines, AccessLog log) {
        static Running begin(Place place, LoadBalancerRecord record) {
            String name = record.arn().substring(record.arn().indexOf("app/"));
            StringWriter lines = new StringWriter();
            return new Running(place, name, record.address(), lines, new AccessLog(name, lines, MOST_WAITING));
        }

        String taken() {
            StringBuffer buffer = lines.getBuffer();
            synchronized (buffer) {
                String taken = buffer.toString();
                buffer.setLength(0);
                return taken;
            }
        }
    }

    /** Begins to deliver. */
    public void start() {
        deliveries.start();
    }

    /** Tries a bucket to which a load balancer is to log from now on as AWS does, by a file; refuses one that takes none. */
    public void check(LoadBalancerRecord before, LoadBalancerRecord after) {
        Place.of(after)
                .filter(place -> !Place.of(before).equals(Optional.of(place)))
                .ifPresent(place -> {
                    refuseIf(
                            !buckets.admits(place.bucket()),
                            CONFIGURATION,
                            "Access Denied for bucket: " + place.bucket() + ". Please check S3bucket permission");
                    String key = place.prefix() + "AWSLogs/" + cloud.account().id() + "/ELBAccessLogTestFile";
                    String text = "Enable AccessLog for ELB: " + after.name() + " at "
                            + cloud.time().instant();
                    buckets.put(place.bucket(), key, text.getBytes(StandardCharsets.UTF_8));
                });
    }

    /** Begins or ends the log of a load balancer, as its attributes say now. */
    void follow(LoadBalancerRecord record) {
        Optional<Place> place = Place.of(record);
        running.compute(record.arn(), (arn, now) -> {
            if (now != null && place.equals(Optional.of(now.place()))) {
                return now;
            }
            Optional.ofNullable(now).ifPresent(this::end);
            return place.map(next -> Running.begin(next, record)).orElse(null);
        });
    }

    /** Takes note of what happened in a load balancer; never blocks. */
    void accept(String loadBalancerArn, BalancerEvent event) {
        Running its = running.get(loadBalancerArn);
        if (its != null) {
            its.log().accept(event);
        }
    }

    /** Ends the log of a load balancer that is gone. */
    void end(String loadBalancerArn) {
        Optional.ofNullable(running.remove(loadBalancerArn)).ifPresent(this::end);
    }

    private void end(Running ended) {
        try {
            ended.log().close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        deliver(ended);
    }

    private void run() {
        try {
            while (true) {
                cloud.time().sleep(cloud.pace().of(PERIOD));
                deliver();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void deliver() {
        if (!closed) {
            running.values().forEach(this::deliver);
        }
    }

    private void deliver(Running delivered) {
        String lines = delivered.taken();
        if (lines.isEmpty()) {
            return;
        }
        try {
            buckets.put(delivered.place().bucket(), key(delivered), compressed(lines));
        } catch (ServiceError refused) {
            log.warn("the log of {} is not delivered: {}", delivered.name(), refused.getMessage());
        }
    }

    private String key(Running delivered) {
        return String.format(
                Locale.ROOT,
                "%1$sAWSLogs/%2$s/elasticloadbalancing/%3$s/%4$tY/%4$tm/%4$td/"
                        + "%2$s_elasticloadbalancing_%3$s_%5$s_%4$tY%4$tm%4$tdT%4$tH%4$tMZ_%6$s_%7$s.log.gz",
                delivered.place().prefix(),
                cloud.account().id(),
                cloud.account().region(),
                cloud.time().instant().atOffset(ZoneOffset.UTC),
                delivered.name().replace('/', '.'),
                delivered.address(),
                cloud.ids().hex(8));
    }

    private static byte[] compressed(String lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream compressing = new GZIPOutputStream(bytes)) {
            compressing.write(lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Delivers the rest. Nobody is interrupted while writing: that would close the files of the store. */
    @Override
    public synchronized void close() {
        closed = true;
        deliveries.interrupt();
        running.keySet().forEach(this::end);
    }
}
