/** What is done with a request, made ready for the event loops. */
@NullMarked
package dev.resilient.loadbalancer.rule;

import org.jspecify.annotations.NullMarked;
