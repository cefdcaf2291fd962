package dev.resilient.cloud.realism;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.base.Realism;
import dev.resilient.cloud.store.Hindsight;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * What kind of day a cloud has, for everyone who has to know.
 *
 * @param realism for the services
 * @param calls for the endpoint
 * @param hindsight for the store; null if nobody looks back
 */
public record Day(
        Realism realism, Interceptor calls, @Nullable Hindsight hindsight) {
    /** All calls go through, and everything is seen at once. */
    public static final Day GOOD = new Day(Realism.OFF, Interceptor.NONE, null);

    /** A bad day, which is the same for the same seed as far as what is asked, and in which order, is the same. */
    public static Day bad(long seed, Pace pace, TimeSource time) {
        Hindsight hindsight = new Hindsight(time, pace.of(Dice.FURTHEST));
        BadDay badDay = new BadDay(new Dice(new Chance(seed)), pace, hindsight);
        return new Day(badDay, badDay, hindsight);
    }

    /** The cloud is ready: nobody will look further back than this moment. */
    public void begin() {
        if (hindsight != null) {
            hindsight.begin();
        }
    }
}
