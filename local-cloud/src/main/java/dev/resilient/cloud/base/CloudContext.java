package dev.resilient.cloud.base;

import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.time.TimeSource;

/**
 * What every service of one cloud shares.
 *
 * @param account whose resources they are
 * @param pace how much faster than AWS the cloud waits
 * @param time the only clock
 * @param ids the only source of new ids
 * @param events the one stream of what happens
 * @param store where resources are kept
 */
public record CloudContext(
        Account account, Pace pace, TimeSource time, Ids ids, CloudEvents events, ResourceStore store) {}
