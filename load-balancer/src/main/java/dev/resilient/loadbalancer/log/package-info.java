/** The access log: a line for each request, as an Application Load Balancer writes it. */
@NullMarked
package dev.resilient.loadbalancer.log;

import org.jspecify.annotations.NullMarked;
