package dev.resilient.cloud.autoscaling;

/**
 * A tag of a group.
 *
 * @param propagateAtLaunch whether instances launched from now on get it too
 */
record GroupTag(String key, String value, boolean propagateAtLaunch) {}
