package dev.resilient.cloud.base;

import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.time.TimeSource;
import java.time.Duration;

/**
 * What every service of one cloud shares.
 *
 * @param account whose resources they are
 * @param pace how much faster than AWS the cloud waits
 * @param time the only clock
 * @param ids the only source of new ids
 * @param events the one stream of what happens
 * @param store where resources are kept
 * @param realism how much of AWS's bad days it has
 */
public record CloudContext(
        Account account,
        Pace pace,
        TimeSource time,
        Ids ids,
        CloudEvents events,
        ResourceStore store,
        Realism realism) {

    /** Of a cloud that has no bad days. */
    public CloudContext(Account account, Pace pace, TimeSource time, Ids ids, CloudEvents events, ResourceStore store) {
        this(account, pace, time, ids, events, store, Realism.OFF);
    }

    /** How long provisioning really takes where it usually takes {@code usual} on AWS; {@code what} is provisioned. */
    public Duration provisioning(String what, Duration usual) {
        return pace.of(realism.provisioning(what, usual));
    }
}
