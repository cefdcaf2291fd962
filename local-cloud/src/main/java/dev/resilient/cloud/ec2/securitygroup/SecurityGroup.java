package dev.resilient.cloud.ec2.securitygroup;

import java.util.List;
import java.util.stream.Stream;

/**
 * A security group.
 *
 * @param rules in both directions, in the order in which they were made
 */
record SecurityGroup(String id, String name, String description, String vpcId, List<SecurityGroupRule> rules) {
    static final String DEFAULT_NAME = "default";

    boolean isDefault() {
        return name.equals(DEFAULT_NAME);
    }

    SecurityGroup plus(SecurityGroupRule rule) {
        return with(Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    SecurityGroup minus(SecurityGroupRule rule) {
        return with(
                rules.stream().filter(other -> !other.id().equals(rule.id())).toList());
    }

    /** With a rule in the place of the one that has its id. */
    SecurityGroup replacing(SecurityGroupRule rule) {
        return with(rules.stream()
                .map(other -> other.id().equals(rule.id()) ? rule : other)
                .toList());
    }

    private SecurityGroup with(List<SecurityGroupRule> newRules) {
        return new SecurityGroup(id, name, description, vpcId, newRules);
    }
}
