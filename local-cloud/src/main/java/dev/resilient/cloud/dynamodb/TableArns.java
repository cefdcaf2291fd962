package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.base.Account;
import java.util.Optional;

/** Between the names of tables and their ARNs; every parameter TableName takes either. */
record TableArns(Account account) {
    private static final String SERVICE = "dynamodb";
    private static final String TABLE = "table/";

    /** The ARN of the table that {@code nameOrArn} means. */
    String arn(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : account.arn(SERVICE, TABLE + nameOrArn);
    }

    /** The name of the table of this account and region that {@code nameOrArn} means; empty for any other ARN. */
    Optional<String> name(String nameOrArn) {
        String prefix = account.arn(SERVICE, TABLE);
        if (!nameOrArn.startsWith("arn:")) {
            return Optional.of(nameOrArn);
        }
        return nameOrArn.startsWith(prefix) ? Optional.of(nameOrArn.substring(prefix.length())) : Optional.empty();
    }
}
