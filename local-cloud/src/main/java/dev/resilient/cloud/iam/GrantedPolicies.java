package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.cloud.identity.PolicyType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which policies decide about an identity at this moment. */
record GrantedPolicies(Entities entities) {

    /** A policy with its name. */
    record Named(String name, PolicyDocument document) {}

    /** Those of the identity itself and of the groups it is in, and its boundary if it has one. */
    Map<PolicyType, List<Named>> to(Identity<?> identity) {
        Map<PolicyType, List<Named>> policies = new EnumMap<>(Map.of(PolicyType.IDENTITY, of(identity.grants())));
        String boundary = identity.grants().boundary();
        if (boundary != null) {
            policies.put(PolicyType.BOUNDARY, managed(List.of(boundary)));
        }
        return policies;
    }

    private List<Named> of(Grants grants) {
        List<Named> policies = new ArrayList<>(managed(grants.attached()));
        grants.inline().forEach((name, document) -> policies.add(new Named(name, document)));
        return policies;
    }

    private List<Named> managed(Collection<String> arns) {
        return arns.stream()
                .flatMap(arn -> entities.find(Kind.POLICY, arn).stream())
                .map(policy -> new Named(policy.entity().name(), policy.document()))
                .toList();
    }
}
