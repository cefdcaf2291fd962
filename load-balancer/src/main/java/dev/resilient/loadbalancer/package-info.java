/**
 * An HTTP load balancer for the JVM that behaves as an AWS Application Load Balancer does: listeners that forward to target
 * groups, health checks, draining, fail open, and answers of its own where no target can give one. It knows HTTP and sockets, and
 * nothing of AWS's APIs.
 */
@NullMarked
package dev.resilient.loadbalancer;

import org.jspecify.annotations.NullMarked;
