package dev.resilient.cloud.identity;

import dev.resilient.policy.PolicyDocument;
import dev.resilient.policy.PolicyType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A user or role and what it may do at this moment.
 *
 * @param arn the user's or the role's, not the session's: the value of {@code aws:PrincipalArn}
 * @param keys further condition keys that are facts about it, such as its tags
 * @param policies by type; of each type that is there, one policy must allow what is done
 */
public record Principal(String arn, Map<String, String> keys, Map<PolicyType, List<PolicyDocument>> policies) {

    /** Keeps its own copies. */
    public Principal {
        keys = Map.copyOf(keys);
        Map<PolicyType, List<PolicyDocument>> copy = new EnumMap<>(PolicyType.class);
        policies.forEach((type, documents) -> copy.put(type, List.copyOf(documents)));
        policies = Collections.unmodifiableMap(copy);
    }
}
