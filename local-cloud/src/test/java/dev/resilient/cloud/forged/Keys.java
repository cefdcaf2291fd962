package dev.resilient.cloud.forged;

/**
 * The keys that a forger has.
 *
 * @param administrator may do everything
 * @param switchedOff a user's that does not work any more
 * @param session of a role that may do everything
 * @param expired of such a session, an hour ago
 */
record Keys(Key administrator, Key switchedOff, Key session, Key expired) {

    /**
     * One key.
     *
     * @param token empty for a long-term key
     */
    record Key(String id, String secret, String token) {

        /** Lets a draft be signed with it. */
        HttpDraft on(HttpDraft draft) {
            draft.keyId = id;
            draft.secret = secret;
            return token.isEmpty() ? draft : draft.header("x-amz-security-token", token);
        }
    }
}
