package dev.resilient.cloud.dynamodb;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Whether the items of a table end by themselves. Like that of a {@link Table}, a passing state ends when its time has come.
 *
 * @param attribute that says when they end; empty if they do not
 * @param settled when it stops to be ENABLING or DISABLING
 */
record TimeToLive(Optional<String> attribute, Instant settled) {

    boolean isPassing(Instant now) {
        return now.isBefore(settled);
    }

    TimeToLiveDescription describe(Instant now) {
        boolean passing = isPassing(now);
        return TimeToLiveDescription.builder()
                .attributeName(attribute.orElse(null))
                .timeToLiveStatus(
                        attribute.isPresent()
                                ? (passing ? TimeToLiveStatus.ENABLING : TimeToLiveStatus.ENABLED)
                                : (passing ? TimeToLiveStatus.DISABLING : TimeToLiveStatus.DISABLED))
                .build();
    }
}
