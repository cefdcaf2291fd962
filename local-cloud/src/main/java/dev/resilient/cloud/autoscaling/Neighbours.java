package dev.resilient.cloud.autoscaling;

/** The two services that Auto Scaling works with. */
record Neighbours(Fleet fleet, TargetGroupLink targetGroups) {}
