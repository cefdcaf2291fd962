/** What a target and a target group are, and how healthy a target is: values, without sockets or threads. */
@NullMarked
package dev.resilient.loadbalancer.target;

import org.jspecify.annotations.NullMarked;
