/** What the load balancer costs. */
@NullMarked
package dev.resilient.benchmarks;

import org.jspecify.annotations.NullMarked;
