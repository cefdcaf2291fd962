package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * A security group.
 *
 * @param group as EC2 shows it, but for its tags and for its permissions, which are its rules in another form
 * @param rules as EC2 shows them, but for their tags; in both directions, in the order in which they were made
 */
record RuledGroup(SecurityGroup group, List<SecurityGroupRule> rules) {
    static final String DEFAULT_NAME = "default";

    String id() {
        return group.groupId();
    }

    boolean isDefault() {
        return group.groupName().equals(DEFAULT_NAME);
    }

    /** With one more rule; refused if there is the same already. */
    RuledGroup plus(SecurityGroupRule rule) {
        refuseIf(
                rules.stream().anyMatch(other -> Rules.areSame(other, rule)),
                "InvalidPermission.Duplicate",
                "the specified rule \"" + Rules.text(rule) + "\" already exists");
        return new RuledGroup(
                group, Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    RuledGroup minus(Collection<SecurityGroupRule> revoked) {
        return only(rule -> !revoked.contains(rule));
    }

    private RuledGroup only(Predicate<SecurityGroupRule> which) {
        return new RuledGroup(group, rules.stream().filter(which).toList());
    }

    /** With the rules of one direction only. */
    RuledGroup in(boolean egress) {
        return only(rule -> rule.isEgress() == egress);
    }

    /** The rule with this id. */
    SecurityGroupRule rule(String id) {
        return rules.stream()
                .filter(rule -> rule.securityGroupRuleId().equals(id))
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidSecurityGroupRuleId.NotFound",
                        "The specified rule '" + id + "' does not exist in this security group."));
    }

    /** The rule that lets through the same as this one. */
    SecurityGroupRule ruleLike(SecurityGroupRule wanted) {
        return rules.stream()
                .filter(rule -> Rules.areSame(rule, wanted))
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidPermission.NotFound", "The specified rule does not exist in this security group."));
    }

    /** The group with its permissions. */
    SecurityGroup shown() {
        return group.toBuilder()
                .ipPermissions(in(false).permissions())
                .ipPermissionsEgress(in(true).permissions())
                .build();
    }

    /** EC2 shows the rules of one direction and one kind of traffic as one permission with several peers. */
    private List<IpPermission> permissions() {
        Map<IpPermission, List<SecurityGroupRule>> byTraffic =
                rules.stream().collect(Collectors.groupingBy(Rules::traffic, LinkedHashMap::new, Collectors.toList()));
        return byTraffic.entrySet().stream()
                .map(entry -> permission(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static IpPermission permission(IpPermission traffic, List<SecurityGroupRule> rules) {
        List<IpRange> ranges = new ArrayList<>();
        List<Ipv6Range> ipv6Ranges = new ArrayList<>();
        List<UserIdGroupPair> pairs = new ArrayList<>();
        for (SecurityGroupRule rule : rules) {
            String text = rule.description();
            if (rule.cidrIpv4() != null) {
                ranges.add(IpRange.builder()
                        .cidrIp(rule.cidrIpv4())
                        .description(text)
                        .build());
            } else if (rule.cidrIpv6() != null) {
                ipv6Ranges.add(Members.copy(rule, Ipv6Range.builder()).build());
            } else {
                UserIdGroupPair.Builder pair = Members.copy(rule.referencedGroupInfo(), UserIdGroupPair.builder());
                pairs.add(pair.description(text).build());
            }
        }
        return traffic.toBuilder()
                .ipRanges(ranges)
                .ipv6Ranges(ipv6Ranges)
                .userIdGroupPairs(pairs)
                .prefixListIds(List.of())
                .build();
    }
}
