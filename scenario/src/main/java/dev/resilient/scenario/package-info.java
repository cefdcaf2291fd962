/**
 * The scenario in three acts: deploy a resilient service, demonstrate how it behaves when something fails, destroy it again.
 * It knows nothing but the AWS SDK, so the same code runs against the local cloud and against AWS.
 */
package dev.resilient.scenario;
