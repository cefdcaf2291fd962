package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.rotation.Owner;
import dev.resilient.loadbalancer.rotation.SessionCookie;
import dev.resilient.loadbalancer.rule.AddressBlock;
import dev.resilient.loadbalancer.rule.CompiledRule;
import dev.resilient.loadbalancer.rule.Criterion;
import dev.resilient.loadbalancer.rule.RedirectTemplate;
import dev.resilient.loadbalancer.rule.Route;
import dev.resilient.loadbalancer.rule.RuleTable;
import dev.resilient.loadbalancer.rule.SharedGroups;
import dev.resilient.loadbalancer.rule.Wildcard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a listener does with requests: its rules, in order of priority, and its default action. */
record Behaviour(Action defaultAction, List<Rule> rules) {

    /** @throws IllegalArgumentException if two rules have the same priority */
    Behaviour {
        rules = rules.stream().sorted(Comparator.comparingInt(Rule::priority)).toList();
        Set<Integer> priorities = new HashSet<>();
        for (Rule rule : rules) {
            if (!priorities.add(rule.priority())) {
                throw new IllegalArgumentException("two rules have the priority " + rule.priority());
            }
        }
    }

    Behaviour withDefaultAction(Action newAction) {
        return new Behaviour(newAction, rules);
    }

    Behaviour withRules(List<Rule> newRules) {
        return new Behaviour(defaultAction, newRules);
    }

    /** The groups forwarded to, once for each time that an action names them. */
    List<TargetGroup> groups() {
        return Stream.concat(Stream.of(defaultAction), rules.stream().map(Rule::action))
                .<TargetGroup>mapMulti((action, groups) -> {
                    if (action instanceof Action.Forward forward) {
                        forward.groups().forEach(weighted -> groups.accept(weighted.group()));
                    }
                })
                .toList();
    }

    /** Claims the groups for {@code owner}: all of them, or none if one belongs to another load balancer. */
    void use(Owner owner) {
        List<TargetGroup> used = new ArrayList<>();
        try {
            for (TargetGroup group : groups()) {
                group.rotation().use(owner);
                used.add(group);
            }
        } catch (IllegalStateException refused) {
            used.forEach(group -> group.rotation().release());
            throw refused;
        }
    }

    void release() {
        groups().forEach(group -> group.rotation().release());
    }

    /** Made ready for the event loops. */
    RuleTable compiled(Owner owner) {
        return new RuleTable(
                rules.stream().map(rule -> compiled(rule, owner)).toList(), compiled(defaultAction, owner));
    }

    private static CompiledRule compiled(Rule rule, Owner owner) {
        return new CompiledRule(
                rule.priority(),
                rule.conditions().stream().map(Behaviour::compiled).toList(),
                compiled(rule.action(), owner));
    }

    private static Criterion compiled(Condition condition) {
        return switch (condition) {
            case Condition.Host(List<String> patterns) -> new Criterion.Host(all(patterns, Wildcard::inAnyCase));
            case Condition.Path(List<String> patterns) -> new Criterion.Path(all(patterns, Wildcard::exactly));
            case Condition.Header(String name, List<String> patterns) ->
                new Criterion.Header(name.toLowerCase(Locale.ROOT), all(patterns, Wildcard::inAnyCase));
            case Condition.Method(List<String> names) -> new Criterion.Method(names);
            case Condition.Query(List<Condition.Parameter> parameters) ->
                new Criterion.Query(all(
                        parameters,
                        each -> new Criterion.Parameter(
                                Wildcard.escaped(each.key().orElse("*")), Wildcard.escaped(each.value()))));
            case Condition.Source(List<String> blocks) -> new Criterion.Source(all(blocks, AddressBlock::parse));
        };
    }

    private static <T, C> List<C> all(List<T> values, Function<T, C> compiled) {
        return values.stream().map(compiled).toList();
    }

    private static Route compiled(Action action, Owner owner) {
        return switch (action) {
            case Action.Forward forward ->
                new Route.ToTarget(new SharedGroups(
                        forward.groups().stream()
                                .map(weighted ->
                                        new SharedGroups.Share(weighted.group().rotation(), weighted.weight()))
                                .toList(),
                        owner.random(),
                        forward.stickiness()
                                .map(duration -> SessionCookie.everywhere("AWSALBTG", duration, owner))
                                .orElse(null)));
            case Action.Redirect(int status, String protocol, String host, String port, String path, String query) ->
                new Route.Redirect(status, new RedirectTemplate(protocol, host, port, path, query));
            case Action.FixedResponse(int status, String contentType, String body) ->
                new Route.Answer(status, BalancerResponse.of(status, contentType, body));
        };
    }
}
