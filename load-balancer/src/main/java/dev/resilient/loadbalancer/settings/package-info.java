/** What can be chosen about a load balancer and changed while it runs: values, by the names of AWS's attributes. */
@NullMarked
package dev.resilient.loadbalancer.settings;

import org.jspecify.annotations.NullMarked;
