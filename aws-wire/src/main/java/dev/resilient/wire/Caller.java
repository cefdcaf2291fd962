package dev.resilient.wire;

/**
 * A verified identity.
 *
 * @param accountId the twelve digits of its account
 * @param arn the principal, as IAM's messages name it: {@code arn:aws:sts::123456789012:assumed-role/ROLE/SESSION}
 * @param userId its unique id: {@code AROA…:SESSION} for a role session
 * @param accessKeyId the key that it signed with; empty if it is no key's
 */
public record Caller(String accountId, String arn, String userId, String accessKeyId) {

    /** An identity by itself, whatever its keys. */
    public Caller(String accountId, String arn, String userId) {
        this(accountId, arn, userId, "");
    }

    /** The same identity, by one of its keys. */
    public Caller with(String keyId) {
        return new Caller(accountId, arn, userId, keyId);
    }
}
