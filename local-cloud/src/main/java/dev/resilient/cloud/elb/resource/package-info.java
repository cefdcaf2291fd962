/** What is kept: load balancers, listeners, rules and target groups as the API shows them, with their tags, by ARN. */
package dev.resilient.cloud.elb.resource;
