package dev.resilient.wire;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the endpoint asks before it lets a call through: whose key is this, and may its holder do that. Thread-safe. */
public interface Gate {

    /** The access key with this id, expired ones included; empty if there is none. */
    Optional<AccessKey> accessKey(String accessKeyId);

    /**
     * Whether policies let {@code caller} do what the question is about.
     *
     * @param question names its action
     */
    Decision decide(Caller caller, Access.Question question, Origin origin);

    /**
     * Where a call comes from.
     *
     * @param address of the client, as a number
     * @param userAgent what the client calls itself; empty if it does not say
     */
    record Origin(String address, String userAgent) {
        /** A call that came over no wire. */
        public static final Origin NONE = new Origin("", "");
    }

    /**
     * A key that can sign.
     *
     * @param secret the secret access key; never logged
     * @param sessionToken the token that must come with the signature; null for a long-term key
     * @param expiration when the key stops working; null for a long-term key
     * @param caller who signs with it
     */
    record AccessKey(
            String id,
            String secret,
            @Nullable String sessionToken,
            @Nullable Instant expiration,
            Caller caller) {

        @Override
        public String toString() {
            return "AccessKey[" + id + " of " + caller.arn() + "]";
        }
    }

    /** The outcome of a question to IAM. */
    sealed interface Decision {
        /** The call may go on. */
        record Allowed() implements Decision {}

        /**
         * The call ends here.
         *
         * @param message AWS's own text: {@code User: … is not authorized to perform: … because …}
         */
        record Denied(String message) implements Decision {}
    }
}
