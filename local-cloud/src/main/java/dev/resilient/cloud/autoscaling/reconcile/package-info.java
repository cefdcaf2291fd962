/** Where groups and their activities are kept, and who acts on what is planned for them. */
package dev.resilient.cloud.autoscaling.reconcile;
