package dev.resilient.cloud.identity;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Ids;
import dev.resilient.wire.Caller;

/** The first user of the account: whoever runs the cloud. Its permissions come from a policy, like everyone's. */
public final class Administrator {
    private Administrator() {}

    /** The administrator of an account, {@code arn:aws:iam::123456789012:user/administrator}. */
    public static Caller of(Account account) {
        return new Caller(
                account.id(), account.globalArn("iam", "user/administrator"), Ids.lastingUnique("AIDA", account.id()));
    }
}
