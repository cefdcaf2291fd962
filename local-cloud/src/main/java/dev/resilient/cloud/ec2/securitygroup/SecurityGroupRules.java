package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.wire.Access;
import dev.resilient.wire.shape.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Adds rules to security groups and takes them away: all that a request names, or none. The four requests that do so have the
 * same members, so that the one to authorize ingress stands for them.
 */
final class SecurityGroupRules {
    private static final String RESOURCE_TYPE = "security-group-rule";
    private static final FilterSet<SecurityGroupRule> FILTERS =
            FilterSet.of(SecurityGroupRule.builder(), "group-id security-group-rule-id tag-key=tags.key");

    private final SecurityGroups groups;
    private final RuleReader reader;
    private final CloudContext cloud;
    private final Tags tags;

    SecurityGroupRules(SecurityGroups groups, CloudContext cloud, Tags tags) {
        this.groups = groups;
        this.reader = new RuleReader(groups);
        this.cloud = cloud;
        this.tags = tags;
        tags.register("sgr-", RESOURCE_TYPE, this::requireExisting);
    }

    void register(Registrar registrar, Access<AwsRequest> group) {
        registrar.on(
                AuthorizeSecurityGroupIngressRequest.class,
                group,
                request -> authorize(request, false, AuthorizeSecurityGroupIngressResponse.builder()));
        registrar.on(
                AuthorizeSecurityGroupEgressRequest.class,
                group,
                request -> authorize(request, true, AuthorizeSecurityGroupEgressResponse.builder()));
        registrar.on(
                RevokeSecurityGroupIngressRequest.class,
                group,
                request -> revoke(
                        request, false, request.securityGroupRuleIds(), RevokeSecurityGroupIngressResponse.builder()));
        registrar.on(
                RevokeSecurityGroupEgressRequest.class,
                group,
                request -> revoke(
                        request, true, request.securityGroupRuleIds(), RevokeSecurityGroupEgressResponse.builder()));
        registrar.on(ModifySecurityGroupRulesRequest.class, group, this::modify);
        registrar.describe(DescribeSecurityGroupRulesRequest.class, this::describe);
    }

    private DescribeSecurityGroupRulesResponse describe(DescribeSecurityGroupRulesRequest request) {
        request.securityGroupRuleIds().forEach(this::requireExisting);
        return FILTERS.answer(
                request,
                DescribeSecurityGroupRulesResponse.builder(),
                all().map(this::shown).toList(),
                SecurityGroupRule::securityGroupRuleId);
    }

    /** Gives rules other traffic, peers and descriptions; a rule keeps its id and its direction. */
    private ModifySecurityGroupRulesResponse modify(ModifySecurityGroupRulesRequest request) {
        groups.update(groups.get(request.groupId()), before -> {
            RuledGroup after = before;
            for (SecurityGroupRuleUpdate update : request.securityGroupRules()) {
                SecurityGroupRule old = after.rule(update.securityGroupRuleId());
                SecurityGroupRule.Builder bare =
                        Rules.all(before.group(), old.isEgress()).securityGroupRuleId(old.securityGroupRuleId());
                after = after.minus(List.of(old)).plus(reader.read(update.securityGroupRule(), bare));
            }
            return after;
        });
        return ModifySecurityGroupRulesResponse.builder().returnValue(true).build();
    }

    private static AuthorizeSecurityGroupIngressRequest likeIngress(Ec2Request request) {
        return Members.copy(request, AuthorizeSecurityGroupIngressRequest.builder())
                .build();
    }

    private <R, B extends SdkPojo & SdkBuilder<B, R>> R authorize(Ec2Request like, boolean egress, B response) {
        AuthorizeSecurityGroupIngressRequest request = likeIngress(like);
        RuledGroup group = groups.get(request.groupId(), request.groupName());
        List<Tag> wanted = Tags.requested(RESOURCE_TYPE, request.tagSpecifications());
        List<SecurityGroupRule> added = reader.read(request, group.group(), egress).stream()
                .map(rule -> rule.toBuilder()
                        .securityGroupRuleId(cloud.ids().resource("sgr"))
                        .build())
                .toList();
        groups.update(group, before -> {
            RuledGroup after = before;
            for (SecurityGroupRule rule : added) {
                after = after.plus(rule);
            }
            return after;
        });
        added.forEach(rule -> tags.add(rule.securityGroupRuleId(), wanted));
        return answer(response, "SecurityGroupRules", added.stream().map(this::shown));
    }

    private <R, B extends SdkPojo & SdkBuilder<B, R>> R revoke(
            Ec2Request like, boolean egress, List<String> ruleIds, B response) {
        AuthorizeSecurityGroupIngressRequest request = likeIngress(like);
        RuledGroup group = groups.get(request.groupId(), request.groupName());
        List<SecurityGroupRule> wanted = ruleIds.isEmpty() ? reader.read(request, group.group(), egress) : List.of();
        List<SecurityGroupRule> revoked = new ArrayList<>();
        groups.update(group, before -> {
            revoked.clear();
            ruleIds.forEach(id -> revoked.add(before.in(egress).rule(id)));
            wanted.forEach(rule -> revoked.add(before.ruleLike(rule)));
            return before.minus(revoked);
        });
        revoked.forEach(rule -> tags.remove(rule.securityGroupRuleId()));
        return answer(response, "RevokedSecurityGroupRules", revoked.stream().map(SecurityGroupRules::revoked));
    }

    private static RevokedSecurityGroupRule revoked(SecurityGroupRule rule) {
        return Members.copy(rule, RevokedSecurityGroupRule.builder())
                .referencedGroupId(Rules.groupOf(rule))
                .build();
    }

    private static <R, B extends SdkPojo & SdkBuilder<B, R>> R answer(B response, String member, Stream<?> rules) {
        Members.set(response, "Return", true);
        Members.set(response, member, rules.toList());
        return response.build();
    }

    private void requireExisting(String id) {
        refuseIf(
                all().noneMatch(rule -> rule.securityGroupRuleId().equals(id)),
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID '" + id + "' does not exist");
    }

    private Stream<SecurityGroupRule> all() {
        return groups.list().stream().flatMap(group -> group.rules().stream());
    }

    private SecurityGroupRule shown(SecurityGroupRule rule) {
        String id = rule.securityGroupRuleId();
        return rule.toBuilder()
                .securityGroupRuleArn(cloud.account().arn("ec2", RESOURCE_TYPE + "/" + id))
                .tags(tags.of(id))
                .build();
    }
}
