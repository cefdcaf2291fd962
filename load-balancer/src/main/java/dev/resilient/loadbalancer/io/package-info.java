/** Event loops, sockets and timers: what all traffic shares. */
@NullMarked
package dev.resilient.loadbalancer.io;

import org.jspecify.annotations.NullMarked;
