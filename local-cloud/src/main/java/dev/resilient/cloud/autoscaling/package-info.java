/**
 * EC2 Auto Scaling: groups whose desired capacity a reconciler keeps, over zones, in front of target groups. {@link
 * dev.resilient.cloud.autoscaling.GroupPlan} decides, {@link dev.resilient.cloud.autoscaling.Reconciler} acts; instances and
 * load balancing are reached through {@link dev.resilient.cloud.autoscaling.Fleet} and {@link
 * dev.resilient.cloud.autoscaling.TargetGroupLink}.
 */
package dev.resilient.cloud.autoscaling;
