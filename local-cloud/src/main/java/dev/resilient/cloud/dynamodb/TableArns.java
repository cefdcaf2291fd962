package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.cloud.base.Account;
import java.util.Optional;
import java.util.regex.Pattern;

/** Between the names of tables and their ARNs; every parameter TableName takes either. */
record TableArns(Account account) {
    private static final String SERVICE = "dynamodb";
    private static final String TABLE = "table/";
    private static final int MIN_NAME = 3;
    private static final int MAX_NAME = 255;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

    /** Refuses a name that no table can have. */
    static void check(String name) {
        refuseIf(
                name.length() < MIN_NAME || name.length() > MAX_NAME,
                "TableName must be at least 3 characters long and at most 255 characters long");
        refuseIf(
                !NAME.matcher(name).matches(),
                () -> "1 validation error detected: Value '" + name + "' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: " + NAME.pattern());
    }

    /** The ARN of the table that {@code nameOrArn} means. */
    String arn(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : account.arn(SERVICE, TABLE + nameOrArn);
    }

    /** The name of the table of this account and region that {@code nameOrArn} means; empty for any other ARN. Refuses what can be neither. */
    Optional<String> name(String nameOrArn) {
        String prefix = account.arn(SERVICE, TABLE);
        if (!nameOrArn.startsWith("arn:")) {
            check(nameOrArn);
            return Optional.of(nameOrArn);
        }
        return nameOrArn.startsWith(prefix) ? Optional.of(nameOrArn.substring(prefix.length())) : Optional.empty();
    }
}
