/**
 * The web server on each instance: one recommendation from a DynamoDB table, or what it answers instead when that fails, and
 * the health check that tells the load balancer. Three parameters of the Parameter Store steer it while it runs.
 */
@NullMarked
package dev.resilient.recommendation;

import org.jspecify.annotations.NullMarked;
