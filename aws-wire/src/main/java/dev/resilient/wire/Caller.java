package dev.resilient.wire;

/**
 * A verified identity.
 *
 * @param accountId the twelve digits of its account
 * @param arn the principal, as IAM's messages name it: {@code arn:aws:sts::123456789012:assumed-role/ROLE/SESSION}
 * @param userId its unique id: {@code AROA…:SESSION} for a role session
 */
public record Caller(String accountId, String arn, String userId) {}
