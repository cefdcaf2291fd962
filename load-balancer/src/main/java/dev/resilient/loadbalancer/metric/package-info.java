/** What is counted about a load balancer, by the names of AWS's metrics. */
@NullMarked
package dev.resilient.loadbalancer.metric;

import org.jspecify.annotations.NullMarked;
