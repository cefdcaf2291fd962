/**
 * EC2 Auto Scaling: groups whose desired capacity a reconciler keeps, over zones, in front of target groups. {@link
 * dev.resilient.cloud.autoscaling.plan.GroupPlan} decides, {@link dev.resilient.cloud.autoscaling.reconcile.Reconciler} acts;
 * instances and load balancing are reached through {@link dev.resilient.cloud.autoscaling.group.Fleet} and {@link
 * dev.resilient.cloud.autoscaling.group.TargetGroupLink}.
 */
package dev.resilient.cloud.autoscaling;
