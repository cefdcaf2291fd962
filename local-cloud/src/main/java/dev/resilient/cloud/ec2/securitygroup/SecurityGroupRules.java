package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.ec2.request.SdkShapes;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Adds rules to security groups and takes them away: all that a request names, or none. */
final class SecurityGroupRules {
    static final String RESOURCE_TYPE = "security-group-rule";

    private final SecurityGroups groups;
    private final Ids ids;
    private final Tags tags;

    SecurityGroupRules(SecurityGroups groups, Ids ids, Tags tags) {
        this.groups = groups;
        this.ids = ids;
        this.tags = tags;
        tags.register("sgr-", RESOURCE_TYPE, groups.descriptions()::requireRule);
    }

    AuthorizeSecurityGroupIngressResponse authorizeIngress(AuthorizeSecurityGroupIngressRequest request) {
        SecurityGroup group = groups.get(request.groupId(), request.groupName());
        return AuthorizeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .securityGroupRules(render(authorize(group, request, false, request.tagSpecifications())))
                .build();
    }

    AuthorizeSecurityGroupEgressResponse authorizeEgress(AuthorizeSecurityGroupEgressRequest request) {
        SecurityGroup group = groups.get(request.groupId());
        return AuthorizeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .securityGroupRules(render(authorize(group, request, true, request.tagSpecifications())))
                .build();
    }

    RevokeSecurityGroupIngressResponse revokeIngress(RevokeSecurityGroupIngressRequest request) {
        SecurityGroup group = groups.get(request.groupId(), request.groupName());
        return RevokeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .revokedSecurityGroupRules(renderRevoked(revoke(group, request, false, request.securityGroupRuleIds())))
                .build();
    }

    RevokeSecurityGroupEgressResponse revokeEgress(RevokeSecurityGroupEgressRequest request) {
        SecurityGroup group = groups.get(request.groupId());
        return RevokeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .revokedSecurityGroupRules(renderRevoked(revoke(group, request, true, request.securityGroupRuleIds())))
                .build();
    }

    /** Gives rules other traffic, peers and descriptions; a rule keeps its id and its direction. */
    ModifySecurityGroupRulesResponse modify(ModifySecurityGroupRulesRequest request) {
        groups.update(groups.get(request.groupId()).id(), before -> {
            SecurityGroup after = before;
            for (SecurityGroupRuleUpdate update : request.securityGroupRules()) {
                SecurityGroupRule old = rule(after, update.securityGroupRuleId());
                RuleRequest wanted = RuleRequest.of(update.securityGroupRule(), groups);
                SecurityGroupRule replacement = new SecurityGroupRule(
                        old.id(), old.groupId(), old.egress(), wanted.traffic(), wanted.peer(), wanted.description());
                refuseDuplicate(after.minus(old), replacement);
                after = after.replacing(replacement);
            }
            return after;
        });
        return ModifySecurityGroupRulesResponse.builder().returnValue(true).build();
    }

    private List<SecurityGroupRule> authorize(
            SecurityGroup group, SdkPojo request, boolean egress, List<TagSpecification> specifications) {
        List<Tag> wantedTags = Tags.requested(RESOURCE_TYPE, specifications);
        List<SecurityGroupRule> added = RuleRequest.of(request, groups).stream()
                .map(wanted -> new SecurityGroupRule(
                        ids.resource("sgr"), group.id(), egress, wanted.traffic(), wanted.peer(), wanted.description()))
                .toList();
        groups.update(group.id(), before -> {
            SecurityGroup after = before;
            for (SecurityGroupRule rule : added) {
                refuseDuplicate(after, rule);
                after = after.plus(rule);
            }
            return after;
        });
        added.forEach(rule -> tags.add(rule.id(), wantedTags));
        return added;
    }

    private static void refuseDuplicate(SecurityGroup group, SecurityGroupRule rule) {
        refuseIf(
                group.rules().stream().anyMatch(rule::sameAs),
                () -> ServiceError.badRequest(
                        "InvalidPermission.Duplicate",
                        "the specified rule \"" + new RuleRequest(rule.traffic(), rule.peer(), rule.description())
                                + "\" already exists"));
    }

    private List<SecurityGroupRule> revoke(SecurityGroup group, SdkPojo request, boolean egress, List<String> ruleIds) {
        List<RuleRequest> wanted = ruleIds.isEmpty() ? RuleRequest.of(request, groups) : List.of();
        List<SecurityGroupRule> revoked = new ArrayList<>();
        groups.update(group.id(), before -> {
            revoked.clear();
            ruleIds.forEach(id -> revoked.add(rule(before, egress, id)));
            wanted.forEach(each -> revoked.add(rule(before, egress, each)));
            SecurityGroup after = before;
            for (SecurityGroupRule rule : revoked) {
                after = after.minus(rule);
            }
            return after;
        });
        revoked.forEach(rule -> tags.remove(rule.id()));
        return revoked;
    }

    private static SecurityGroupRule rule(SecurityGroup group, boolean egress, String id) {
        SecurityGroupRule rule = rule(group, id);
        refuseIf(rule.egress() != egress, () -> notInGroup(id));
        return rule;
    }

    private static SecurityGroupRule rule(SecurityGroup group, String id) {
        return group.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notInGroup(id));
    }

    private static ServiceError notInGroup(String ruleId) {
        return ServiceError.badRequest(
                "InvalidSecurityGroupRuleId.NotFound",
                "The specified rule '" + ruleId + "' does not exist in this security group.");
    }

    private static SecurityGroupRule rule(SecurityGroup group, boolean egress, RuleRequest wanted) {
        return group.rules().stream()
                .filter(rule -> rule.egress() == egress && wanted.matches(rule))
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidPermission.NotFound", "The specified rule does not exist in this security group."));
    }

    private List<software.amazon.awssdk.services.ec2.model.SecurityGroupRule> render(List<SecurityGroupRule> rules) {
        return rules.stream().map(groups.descriptions()::render).toList();
    }

    private List<RevokedSecurityGroupRule> renderRevoked(List<SecurityGroupRule> rules) {
        return rules.stream()
                .map(groups.descriptions()::render)
                .map(rule -> SdkShapes.copy(rule, RevokedSecurityGroupRule.builder())
                        .referencedGroupId(
                                rule.referencedGroupInfo() == null
                                        ? null
                                        : rule.referencedGroupInfo().groupId())
                        .build())
                .toList();
    }
}
