/** What to do for a group, as pure functions of the group and the facts. */
package dev.resilient.cloud.autoscaling.plan;
