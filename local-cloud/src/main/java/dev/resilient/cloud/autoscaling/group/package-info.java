/**
 *
 * What groups and all that they have are: immutable values around the shapes in which the API shows them; and what Auto Scaling
 * needs of EC2 and of Elastic Load Balancing.
 */
package dev.resilient.cloud.autoscaling.group;
