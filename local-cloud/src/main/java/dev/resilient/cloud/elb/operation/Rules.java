package dev.resilient.cloud.elb.operation;

import static dev.resilient.cloud.elb.resource.Errors.CONFIGURATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.resource.Arns;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.ListenerRecord;
import dev.resilient.cloud.elb.resource.RuleReader;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.Tags;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Creates, changes, orders, shows and deletes the rules of listeners. */
public record Rules(CloudContext cloud, Stores stores, DataPlane dataPlane, Actions actions) {
    private static final SupportedMembers CREATE = SupportedMembers.of("ListenerArn Conditions Priority Actions Tags");
    private static final SupportedMembers MODIFY = SupportedMembers.of("RuleArn Conditions Actions");

    void register(OperationRegistry operations) {
        operations.on(CreateRuleRequest.class, Access.named("ListenerArn"), stores.alone(this::create));
        operations.on(ModifyRuleRequest.class, Access.named("RuleArn"), stores.alone(this::modify));
        operations.on(
                SetRulePrioritiesRequest.class,
                Access.resources(request -> request.rulePriorities().stream()
                        .map(RulePriorityPair::ruleArn)
                        .toList()),
                stores.alone(this::setPriorities));
        operations.on(DescribeRulesRequest.class, this::describe);
        operations.on(DeleteRuleRequest.class, Access.named("RuleArn"), stores.alone(this::delete));
    }

    private CreateRuleResponse create(CreateRuleRequest request) {
        CREATE.check(request);
        List<Tag> tags = Tags.read(request.tags());
        ListenerRecord listener = stores.listeners().get(request.listenerArn());
        String loadBalancer = listener.shape().loadBalancerArn();
        Rule created = Rule.builder()
                .ruleArn(new Arns(cloud).rule(listener.arn()))
                .priority(request.priority().toString())
                .isDefault(false)
                .build();
        checkPriorities(listener.arn(), Map.of(created.ruleArn(), created));
        Quota.RULES.check(stores.rulesOf(loadBalancer).stream()
                        .filter(each -> !each.isDefault())
                        .count()
                + 1);
        List<RuleCondition> conditions = Conditions.read(request.conditions());
        List<Action> action = actions.read(loadBalancer, "", request.actions());
        Rule rule = put(created.copy(complete -> complete.conditions(conditions).actions(action)));
        stores.tags().add(rule.ruleArn(), tags);
        apply(listener, rule);
        return CreateRuleResponse.builder().rules(rule).build();
    }

    /** Refuses a rule whose conditions do not go together. */
    private Rule put(Rule rule) {
        try {
            dataPlane.rules().rule(rule);
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("The rule is not valid: " + invalid.getMessage());
        }
        stores.rules().put(rule.ruleArn(), rule);
        return rule;
    }

    private void apply(ListenerRecord listener, Rule... concerned) {
        dataPlane.act(listener);
        for (Rule rule : concerned) {
            RuleReader.targetGroups(rule.actions()).forEach(dataPlane::follow);
        }
    }

    private ModifyRuleResponse modify(ModifyRuleRequest request) {
        MODIFY.check(request);
        Rule before = rule(request.ruleArn(), "modified; modify its listener instead");
        ListenerRecord listener = stores.listeners().get(Arns.listenerOf(before.ruleArn()));
        Rule.Builder after = before.toBuilder();
        if (!request.conditions().isEmpty()) {
            after.conditions(Conditions.read(request.conditions()));
        }
        if (!request.actions().isEmpty()) {
            after.actions(actions.read(listener.shape().loadBalancerArn(), before.ruleArn(), request.actions()));
        }
        Rule changed = put(after.build());
        apply(listener, before, changed);
        return ModifyRuleResponse.builder().rules(changed).build();
    }

    private Rule rule(String arn, String wish) {
        Rule rule = stores.rule(arn);
        refuseIf(rule.isDefault(), "OperationNotPermitted", "Default rule '" + arn + "' cannot be " + wish);
        return rule;
    }

    /** All of them change at once, so that rules can trade places. */
    private SetRulePrioritiesResponse setPriorities(SetRulePrioritiesRequest request) {
        Map<String, Rule> changed = new LinkedHashMap<>();
        for (RulePriorityPair pair : request.rulePriorities()) {
            if (pair.ruleArn() == null || pair.priority() == null) {
                throw Errors.validation("A rule ARN and a priority must be specified");
            }
            Rule rule = rule(pair.ruleArn(), "given a priority");
            changed.put(
                    rule.ruleArn(),
                    rule.copy(next -> next.priority(pair.priority().toString())));
        }
        List<String> listeners =
                changed.keySet().stream().map(Arns::listenerOf).distinct().toList();
        refuseIf(listeners.size() > 1, CONFIGURATION, "The rules must belong to the same listener");
        listeners.forEach(listener -> checkPriorities(listener, changed));
        changed.forEach((arn, rule) -> stores.rules().put(arn, rule));
        listeners.forEach(listener -> apply(stores.listeners().get(listener)));
        return SetRulePrioritiesResponse.builder().rules(changed.values()).build();
    }

    /** Refuses a priority that two rules of a listener would have. */
    private void checkPriorities(String listenerArn, Map<String, Rule> changed) {
        Set<String> taken = new HashSet<>();
        Stream<Rule> unchanged =
                stores.rulesOf(listenerArn).stream().filter(rule -> !changed.containsKey(rule.ruleArn()));
        Stream.concat(unchanged, changed.values().stream())
                .map(Rule::priority)
                .forEach(priority -> refuseIf(
                        !taken.add(priority), "PriorityInUse", "Priority '" + priority + "' is currently in use"));
    }

    private DescribeRulesResponse describe(DescribeRulesRequest request) {
        if ((request.listenerArn() == null) == request.ruleArns().isEmpty()) {
            throw Errors.validation("You must specify either listener rule ARNs or a listener ARN");
        }
        List<Rule> selected = request.listenerArn() == null
                ? request.ruleArns().stream().map(stores::rule).toList()
                : stores.rulesOf(stores.listeners().get(request.listenerArn()).arn());
        return Stores.PAGES.answer(request, DescribeRulesResponse.builder(), selected, RuleReader::order, rule -> rule);
    }

    private DeleteRuleResponse delete(DeleteRuleRequest request) {
        Rule deleted = rule(request.ruleArn(), "deleted");
        stores.rules().remove(deleted.ruleArn());
        stores.tags().forget(deleted.ruleArn());
        apply(stores.listeners().get(Arns.listenerOf(deleted.ruleArn())), deleted);
        return DeleteRuleResponse.builder().build();
    }
}
