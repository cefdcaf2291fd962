/**
 * Who calls and what they may do: access keys, IAM's policy language, and the decision. The language is pure; the
 * {@link dev.resilient.cloud.identity.Authorizer} brings it together with the keys and the principals of the account.
 */
package dev.resilient.cloud.identity;
