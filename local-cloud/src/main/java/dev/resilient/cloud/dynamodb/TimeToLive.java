package dev.resilient.cloud.dynamodb;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Whether the items of a table end by themselves. Like that of a {@link Table}, a passing state ends when its time has come.
 *
 * @param expiry of the attribute that says when; empty if items do not end
 * @param settledNanos when it stops to be ENABLING or DISABLING
 */
record TimeToLive(Optional<Expiry> expiry, long settledNanos) {

    /** That of a new table. */
    static TimeToLive never(long nowNanos) {
        return new TimeToLive(Optional.empty(), nowNanos);
    }

    boolean isPassing(long nowNanos) {
        return nowNanos - settledNanos < 0;
    }

    TimeToLiveDescription describe(long nowNanos) {
        boolean passing = isPassing(nowNanos);
        return TimeToLiveDescription.builder()
                .attributeName(expiry.map(Expiry::attribute).orElse(null))
                .timeToLiveStatus(
                        expiry.isPresent()
                                ? (passing ? TimeToLiveStatus.ENABLING : TimeToLiveStatus.ENABLED)
                                : (passing ? TimeToLiveStatus.DISABLING : TimeToLiveStatus.DISABLED))
                .build();
    }
}
