/**
 * Elastic Load Balancing, version 2: application load balancers, listeners, rules and target groups as resources, each kept in the
 * shape that the API shows; and {@link dev.resilient.cloud.elb.DataPlane}, which makes them real sockets. EC2 is reached through
 * {@link dev.resilient.cloud.elb.Neighbours}.
 */
package dev.resilient.cloud.elb;
