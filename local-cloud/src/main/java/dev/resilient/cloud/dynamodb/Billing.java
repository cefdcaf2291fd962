package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Validation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;

/**
 * How a table is paid for. The local cloud shows the throughput and never limits it.
 *
 * @param readUnits read capacity units a second; 0 when paid per request
 * @param writeUnits write capacity units a second; 0 when paid per request
 * @param perRequestSince when the table began to be paid per request; empty if it never was
 */
record Billing(BillingMode mode, long readUnits, long writeUnits, Optional<Instant> perRequestSince) {

    /** What a request asks for; {@code previous} is null for a new table. */
    static Billing read(
            BillingMode mode, @Nullable ProvisionedThroughput throughput, @Nullable Billing previous, Instant now) {
        if (mode == BillingMode.PAY_PER_REQUEST) {
            if (throughput != null) {
                throw Validation.invalidParameter(
                        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                                + "BillingMode is PAY_PER_REQUEST");
            }
            return new Billing(mode, 0, 0, Optional.of(now));
        }
        if (throughput == null) {
            throw Validation.invalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                    + "BillingMode is PROVISIONED");
        }
        return new Billing(
                mode,
                throughput.readCapacityUnits(),
                throughput.writeCapacityUnits(),
                previous == null ? Optional.empty() : previous.perRequestSince());
    }

    ProvisionedThroughputDescription throughput() {
        return ProvisionedThroughputDescription.builder()
                .numberOfDecreasesToday(0L)
                .readCapacityUnits(readUnits)
                .writeCapacityUnits(writeUnits)
                .build();
    }

    /** AWS shows it only for tables that are or once were paid per request. */
    Optional<BillingModeSummary> summary() {
        return perRequestSince.map(since -> BillingModeSummary.builder()
                .billingMode(mode)
                .lastUpdateToPayPerRequestDateTime(since)
                .build());
    }
}
