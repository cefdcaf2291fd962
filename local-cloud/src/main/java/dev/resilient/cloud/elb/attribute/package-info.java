/** The attributes of load balancers, listeners and target groups: names, defaults, values, and what the load balancer makes of them. */
package dev.resilient.cloud.elb.attribute;
