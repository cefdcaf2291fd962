package dev.resilient.recommendation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes to a table, again and again, whether this instance can do its work: the instance itself says so, since nobody else can try
 * with its credentials and from its place. A row that no longer changes says that the instance, its network or this thread has
 * stopped; nothing else is needed to notice that, and nobody's clock has to be right. Rows that nobody renews expire.
 *
 * <p>Starts at once, ends with {@link #close}. A write that fails is logged and hurts nobody: requests are answered as ever.
 */
final class Heartbeats implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final Duration KEPT = Duration.ofHours(1);

    /**
     * What is written, how often, and where.
     *
     * @param table its key is {@code InstanceId}
     * @param period the pause between two heartbeats, positive
     */
    record Settings(String table, Duration period) {}

    private final Settings settings;
    private final InstanceIdentity instance;
    private final DynamoDbClient dynamoDb;
    private final BooleanSupplier works;
    private final TimeLimit limit;
    private final Clocks clocks;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread writer;
    private boolean failing;

    /**
     * Starts to write.
     *
     * @param works whether the instance can do its work now; asked before each heartbeat
     * @param limit how long one write may take
     */
    Heartbeats(
            Settings settings,
            InstanceIdentity instance,
            DynamoDbClient dynamoDb,
            BooleanSupplier works,
            TimeLimit limit,
            Clocks clocks) {
        this.settings = settings;
        this.instance = instance;
        this.dynamoDb = dynamoDb;
        this.works = works;
        this.limit = limit;
        this.clocks = clocks;
        this.writer = Thread.ofVirtual().name("heartbeats").start(this::beat);
    }

    /** Ends the writing. */
    @Override
    public void close() {
        stopped.countDown();
        writer.interrupt();
    }

    private void beat() {
        // No row of an earlier process of this instance may look like the next one of this process.
        long beat = clocks.now().toEpochMilli();
        try {
            do {
                write(beat++, works.getAsBoolean());
            } while (!stopped.await(settings.period().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException closing) {
            log.debug("closed while writing", closing);
        }
    }

    private void write(long beat, boolean working) throws InterruptedException {
        Map<String, AttributeValue> row = new HashMap<>();
        row.put("InstanceId", AttributeValue.fromS(instance.instanceId()));
        row.put("Zone", AttributeValue.fromS(instance.availabilityZone()));
        row.put("Beat", AttributeValue.fromN(Long.toString(beat)));
        row.put("Working", AttributeValue.fromBool(working));
        row.put("Version", AttributeValue.fromS(Version.RUNNING));
        row.put("WrittenAt", AttributeValue.fromS(clocks.now().toString()));
        row.put(
                "ExpiresAt",
                AttributeValue.fromN(Long.toString(clocks.now().plus(KEPT).getEpochSecond())));
        try {
            limit.call(() -> dynamoDb.putItem(
                    request -> request.tableName(settings.table()).item(row)));
            failing = false;
        } catch (Unavailable failure) {
            if (!failing) {
                log.warn("heartbeats cannot be written: {}", failure.getMessage());
            }
            failing = true;
        }
    }
}
