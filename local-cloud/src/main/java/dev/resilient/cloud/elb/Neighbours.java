package dev.resilient.cloud.elb;

/** What load balancing needs of EC2. */
record Neighbours(Instances instances, Subnets subnets, SecurityPolicy security) {}
