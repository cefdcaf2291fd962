package dev.resilient.cloud.identity;

import java.util.List;

/**
 * A user or role and what it may do at this moment.
 *
 * @param arn the user's or the role's, not the session's: the value of {@code aws:PrincipalArn}
 * @param policies every policy attached to it or written into it
 */
public record Principal(String arn, List<PolicyDocument> policies) {

    /** Keeps its own copy. */
    public Principal {
        policies = List.copyOf(policies);
    }
}
