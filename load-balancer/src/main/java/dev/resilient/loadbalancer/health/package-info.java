/** Health checks: when they are made, and one check from connection to verdict. */
@NullMarked
package dev.resilient.loadbalancer.health;

import org.jspecify.annotations.NullMarked;
