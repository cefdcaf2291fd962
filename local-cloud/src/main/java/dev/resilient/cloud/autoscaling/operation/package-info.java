/** What callers ask: requests are checked and change groups, and the reconciler does what follows. */
package dev.resilient.cloud.autoscaling.operation;
