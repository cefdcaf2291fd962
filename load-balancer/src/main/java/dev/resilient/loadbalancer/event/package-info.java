/** What happened: one record for each finished request and each change of health, and the reasons for answers of the balancer's own. */
@NullMarked
package dev.resilient.loadbalancer.event;

import org.jspecify.annotations.NullMarked;
