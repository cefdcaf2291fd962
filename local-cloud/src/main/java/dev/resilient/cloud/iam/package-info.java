/**
 * Identity and Access Management: roles, policies and instance profiles. {@link dev.resilient.cloud.iam.Iam} registers the
 * operations; what they decide about calls is the business of {@code identity}.
 */
package dev.resilient.cloud.iam;
