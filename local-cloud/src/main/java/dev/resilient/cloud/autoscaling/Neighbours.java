package dev.resilient.cloud.autoscaling;

/** The two services that Auto Scaling works with. */
record Ports(Fleet fleet, TargetGroupLink targetGroups) {}
