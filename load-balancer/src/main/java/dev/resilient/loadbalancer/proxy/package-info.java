/** Carrying a request from its client to a target and the response back, on one event loop. */
@NullMarked
package dev.resilient.loadbalancer.proxy;

import org.jspecify.annotations.NullMarked;
