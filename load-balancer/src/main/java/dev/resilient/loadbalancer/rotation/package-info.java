/** Who of a target group gets the next request: the state of each group as an immutable snapshot, and the changes to it. */
@NullMarked
package dev.resilient.loadbalancer.rotation;

import org.jspecify.annotations.NullMarked;
