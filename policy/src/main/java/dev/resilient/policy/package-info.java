/**
 * IAM's policy language. {@link dev.resilient.policy.PolicyDocument} reads it, and {@link dev.resilient.policy.PolicyEvaluator} says
 * what policies answer to a question: pure functions of immutable values.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html">IAM JSON policy reference</a>
 */
package dev.resilient.policy;
