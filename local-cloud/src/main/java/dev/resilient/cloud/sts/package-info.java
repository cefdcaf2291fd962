/**
 * The Security Token Service: temporary credentials of role sessions, for callers that assume a role and for the instances
 * that carry one.
 */
package dev.resilient.cloud.sts;
