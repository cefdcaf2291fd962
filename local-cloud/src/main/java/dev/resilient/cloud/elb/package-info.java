/**
 * Elastic Load Balancing, version 2: application load balancers, listeners and target groups as resources, and {@link
 * dev.resilient.cloud.elb.DataPlane}, which makes them real sockets. Instances, subnets and security groups are reached through
 * {@link dev.resilient.cloud.elb.Instances}, {@link dev.resilient.cloud.elb.Subnets} and {@link
 * dev.resilient.cloud.elb.SecurityPolicy}.
 */
package dev.resilient.cloud.elb;
