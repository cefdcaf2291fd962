package dev.resilient.cloud.base;

import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.time.TimeSource;
import java.util.Random;

/** What services share, for tests of one of them: the account in us-west-2, in memory. */
public final class TestContext {
    private static final long SEED = 20260101;

    private TestContext() {}

    /** At AWS's own pace. */
    public static CloudContext at(TimeSource time) {
        return at(time, Pace.REAL, new CloudEvents());
    }

    /** In another region. */
    public static CloudContext in(String region, TimeSource time) {
        Ids ids = new Ids(new Random(SEED));
        return new CloudContext(
                Account.inRegion(region), Pace.REAL, time, ids, new CloudEvents(), ResourceStore.inMemory());
    }

    /** At another pace, telling {@code events}. */
    public static CloudContext at(TimeSource time, Pace pace, CloudEvents events) {
        Ids ids = new Ids(new Random(SEED));
        return new CloudContext(Account.inRegion("us-west-2"), pace, time, ids, events, ResourceStore.inMemory());
    }
}
