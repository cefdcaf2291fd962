package dev.resilient.recommendation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes to a table, again and again, whether this instance can do its work, and its own view of why: the instance itself says so,
 * since nobody else can try with its credentials and from its place, or is let in to ask it. A row that no longer changes says that
 * the instance, its network or this thread has stopped; nothing else is needed to notice that, and nobody's clock has to be right.
 * Rows that nobody renews expire.
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
    private final Supplier<OwnView> own;
    private final TimeLimit limit;
    private final Clocks clocks;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread writer;
    private boolean failing;

    /**
     * Starts to write.
     *
     * @param works whether the instance can do its work now; asked before each heartbeat
     * @param own asked right after that
     * @param limit how long one write may take
     */
    Heartbeats(
            Settings settings,
            InstanceIdentity instance,
            DynamoDbClient dynamoDb,
            BooleanSupplier works,
            Supplier<OwnView> own,
            TimeLimit limit,
            Clocks clocks) {
        this.settings = settings;
        this.instance = instance;
        this.dynamoDb = dynamoDb;
        this.works = works;
        this.own = own;
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
                write(row(beat++, works.getAsBoolean(), own.get()));
            } while (!stopped.await(settings.period().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException closing) {
            log.debug("closed while writing", closing);
        }
    }

    private Map<String, AttributeValue> row(long beat, boolean working, OwnView view) {
        Instant now = clocks.now();
        Map<String, AttributeValue> row = new HashMap<>();
        row.put("InstanceId", AttributeValue.fromS(instance.instanceId()));
        row.put("Zone", AttributeValue.fromS(instance.availabilityZone()));
        row.put("Beat", number(beat));
        row.put("Working", AttributeValue.fromBool(working));
        row.put("Circuit", AttributeValue.fromS(view.circuit()));
        view.sinceLastGood().ifPresent(age -> row.put("LastGoodMillisAgo", number(age.toMillis())));
        view.sinceParametersRead().ifPresent(age -> row.put("ParametersReadMillisAgo", number(age.toMillis())));
        row.put("Version", AttributeValue.fromS(Version.RUNNING));
        row.put("WrittenAt", AttributeValue.fromS(now.toString()));
        row.put("ExpiresAt", number(now.plus(KEPT).getEpochSecond()));
        return row;
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private void write(Map<String, AttributeValue> row) throws InterruptedException {
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
