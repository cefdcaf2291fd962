package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.loadbalancer.Condition;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;

/** Creates, changes, orders, shows and deletes the rules of listeners. */
final class Rules {
    private static final SupportedMembers CREATE = SupportedMembers.of("ListenerArn Conditions Priority Actions Tags");
    private static final SupportedMembers MODIFY = SupportedMembers.of("RuleArn Conditions Actions");
    private static final int PRIORITY_DIGITS = 5;

    private final CloudContext cloud;
    private final Stores stores;
    private final DataPlane dataPlane;
    private final ActionRules actions;

    Rules(CloudContext cloud, Stores stores, DataPlane dataPlane) {
        this.cloud = cloud;
        this.stores = stores;
        this.dataPlane = dataPlane;
        this.actions = new ActionRules(stores, dataPlane);
    }

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
        Map<String, String> tags = Tags.read(request.tags());
        ListenerRecord listener = stores.listener(request.listenerArn());
        refuseIf(
                stores.rulesOf(listener.arn()).stream().anyMatch(rule -> rule.priority() == request.priority()),
                () -> inUse(request.priority()));
        Quota.RULES.check(stores.countRulesOfLoadBalancer(listener.loadBalancerArn()) + 1);
        String arn = new Arns(cloud).rule(listener.arn());
        RuleRecord created = new RuleRecord(
                arn,
                listener.arn(),
                request.priority(),
                ConditionReader.read(request.conditions()),
                actions.read(listener.loadBalancerArn(), arn, request.actions()));
        actions.check(created);
        stores.rules().put(created.arn(), created);
        stores.tags().add(created.arn(), tags);
        apply(listener, created.action());
        return CreateRuleResponse.builder().rules(Views.of(created)).build();
    }

    private static ServiceError inUse(int priority) {
        return ServiceError.badRequest("PriorityInUse", "Priority '" + priority + "' is currently in use");
    }

    private void apply(ListenerRecord listener, ListenerAction... concerned) {
        dataPlane.act(listener);
        for (ListenerAction action : concerned) {
            action.targetGroups().forEach(dataPlane::follow);
        }
    }

    private ModifyRuleResponse modify(ModifyRuleRequest request) {
        MODIFY.check(request);
        RuleRecord before = rule(request.ruleArn(), "modified; modify its listener instead");
        ListenerRecord listener = stores.listener(before.listenerArn());
        List<Condition> conditions =
                request.conditions().isEmpty() ? before.conditions() : ConditionReader.read(request.conditions());
        ListenerAction action = request.actions().isEmpty()
                ? before.action()
                : actions.read(listener.loadBalancerArn(), before.arn(), request.actions());
        RuleRecord after = before.with(conditions, action);
        actions.check(after);
        stores.rules().put(after.arn(), after);
        apply(listener, before.action(), after.action());
        return ModifyRuleResponse.builder().rules(Views.of(after)).build();
    }

    private RuleRecord rule(String arn, String wish) {
        refuseIf(
                stores.listenerOfDefaultRule(arn).isPresent(),
                () -> ServiceError.badRequest("OperationNotPermitted", "Default rule '" + arn + "' cannot be " + wish));
        return stores.rules().find(arn).orElseThrow(Errors::noSuchRule);
    }

    /** All of them change at once, so that rules can trade places. */
    private SetRulePrioritiesResponse setPriorities(SetRulePrioritiesRequest request) {
        Map<String, RuleRecord> changed = new HashMap<>();
        Set<String> listeners = new HashSet<>();
        for (RulePriorityPair pair : request.rulePriorities()) {
            if (pair.ruleArn() == null || pair.priority() == null) {
                throw Errors.validation("A rule ARN and a priority must be specified");
            }
            RuleRecord rule = rule(pair.ruleArn(), "given a priority");
            changed.put(rule.arn(), rule.withPriority(pair.priority()));
            listeners.add(rule.listenerArn());
        }
        refuseIf(listeners.size() > 1, () -> Errors.invalidConfiguration("The rules must belong to the same listener"));
        listeners.forEach(listener -> checkPriorities(listener, changed));
        changed.forEach((arn, rule) -> stores.rules().put(arn, rule));
        listeners.forEach(listener -> apply(stores.listener(listener)));
        return SetRulePrioritiesResponse.builder()
                .rules(request.rulePriorities().stream()
                        .map(RulePriorityPair::ruleArn)
                        .distinct()
                        .map(arn -> Views.of(rule(arn, "shown")))
                        .toList())
                .build();
    }

    private void checkPriorities(String listenerArn, Map<String, RuleRecord> changed) {
        Set<Integer> taken = new HashSet<>();
        for (RuleRecord rule : stores.rulesOf(listenerArn)) {
            int priority = changed.getOrDefault(rule.arn(), rule).priority();
            refuseIf(!taken.add(priority), () -> inUse(priority));
        }
    }

    private DescribeRulesResponse describe(DescribeRulesRequest request) {
        if ((request.listenerArn() == null) == request.ruleArns().isEmpty()) {
            throw Errors.validation("You must specify either listener rule ARNs or a listener ARN");
        }
        List<Rule> selected = request.listenerArn() == null
                ? request.ruleArns().stream().map(this::view).toList()
                : views(stores.listener(request.listenerArn()));
        return Elb.PAGES.answer(request, DescribeRulesResponse.builder(), selected, Rules::order, item -> item);
    }

    private Rule view(String arn) {
        return stores.rules()
                .find(arn)
                .map(Views::of)
                .or(() -> stores.listenerOfDefaultRule(arn).map(Views::defaultRule))
                .orElseThrow(Errors::noSuchRule);
    }

    private List<Rule> views(ListenerRecord listener) {
        return Stream.concat(
                        stores.rulesOf(listener.arn()).stream().map(Views::of), Stream.of(Views.defaultRule(listener)))
                .toList();
    }

    /** By priority, with the default rule, whose priority is a word, behind all numbers. */
    private static String order(Rule rule) {
        String priority = rule.priority();
        return "0".repeat(Math.max(0, PRIORITY_DIGITS - priority.length())) + priority + " " + rule.ruleArn();
    }

    private DeleteRuleResponse delete(DeleteRuleRequest request) {
        RuleRecord deleted = rule(request.ruleArn(), "deleted");
        stores.rules().remove(deleted.arn());
        stores.tags().forget(deleted.arn());
        apply(stores.listener(deleted.listenerArn()), deleted.action());
        return DeleteRuleResponse.builder().build();
    }
}
