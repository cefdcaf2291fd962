/**
 * Who calls, and what they may do: access keys, principals, and the gate that lets the principals' policies decide. What policies say
 * is a matter of {@link dev.resilient.policy}.
 */
package dev.resilient.cloud.identity;
