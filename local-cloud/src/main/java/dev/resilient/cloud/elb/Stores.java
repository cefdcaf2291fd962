package dev.resilient.cloud.elb;

import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The resources by ARN, and the names that are taken. Thread-safe. */
final class Stores {
    private final ResourceMap<LoadBalancerRecord> loadBalancers;
    private final ResourceMap<TargetGroupRecord> targetGroups;
    private final ResourceMap<ListenerRecord> listeners;
    private final ResourceMap<RuleRecord> rules;
    private final Tags tags;
    private final ReentrantLock changes = new ReentrantLock();

    Stores(ResourceStore store) {
        loadBalancers = store.map("elb.load-balancers");
        targetGroups = store.map("elb.target-groups");
        listeners = store.map("elb.listeners");
        rules = store.map("elb.rules");
        tags = new Tags(store.map("elb.tags"));
    }

    /**
     * Creates and deletes resources one after the other, since names, ports and who uses what are facts about several of them.
     * Sockets are opened and closed meanwhile; nothing that looks waits for it.
     */
    <T> T alone(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    /** The same operation, never at the same time as another such change. */
    <I, O> Function<I, O> alone(Function<I, O> change) {
        return request -> alone(() -> change.apply(request));
    }

    ResourceMap<LoadBalancerRecord> loadBalancers() {
        return loadBalancers;
    }

    ResourceMap<TargetGroupRecord> targetGroups() {
        return targetGroups;
    }

    ResourceMap<ListenerRecord> listeners() {
        return listeners;
    }

    /** Those of all listeners, without their default rules. */
    ResourceMap<RuleRecord> rules() {
        return rules;
    }

    Tags tags() {
        return tags;
    }

    LoadBalancerRecord loadBalancer(String arn) {
        return loadBalancers.find(arn).orElseThrow(Errors::noSuchLoadBalancer);
    }

    TargetGroupRecord targetGroup(String arn) {
        return targetGroups.find(arn).orElseThrow(Errors::noSuchTargetGroup);
    }

    ListenerRecord listener(String arn) {
        return listeners.find(arn).orElseThrow(Errors::noSuchListener);
    }

    LoadBalancerRecord changeLoadBalancer(String arn, UnaryOperator<LoadBalancerRecord> change) {
        return loadBalancers.update(arn, change).orElseThrow(Errors::noSuchLoadBalancer);
    }

    ListenerRecord changeListener(String arn, UnaryOperator<ListenerRecord> change) {
        return listeners.update(arn, change).orElseThrow(Errors::noSuchListener);
    }

    TargetGroupRecord changeTargetGroup(String arn, UnaryOperator<TargetGroupRecord> change) {
        return targetGroups.update(arn, change).orElseThrow(Errors::noSuchTargetGroup);
    }

    Optional<LoadBalancerRecord> loadBalancerNamed(String name) {
        return loadBalancers.list().stream()
                .filter(loadBalancer -> loadBalancer.name().equals(name))
                .findFirst();
    }

    Optional<TargetGroupRecord> targetGroupNamed(String name) {
        return targetGroups.list().stream()
                .filter(group -> group.name().equals(name))
                .findFirst();
    }

    List<ListenerRecord> listenersOf(String loadBalancerArn) {
        return listeners.list().stream()
                .filter(listener -> listener.loadBalancerArn().equals(loadBalancerArn))
                .toList();
    }

    /** The rules of a listener in the order of their priorities, without its default one. */
    List<RuleRecord> rulesOf(String listenerArn) {
        return rules.list().stream()
                .filter(rule -> rule.listenerArn().equals(listenerArn))
                .sorted(Comparator.comparingInt(RuleRecord::priority))
                .toList();
    }

    long countRulesOfLoadBalancer(String loadBalancerArn) {
        return listenersOf(loadBalancerArn).stream()
                .mapToLong(listener -> rulesOf(listener.arn()).size())
                .sum();
    }

    Optional<ListenerRecord> listenerOfDefaultRule(String ruleArn) {
        return listeners.list().stream()
                .filter(listener -> listener.defaultRuleArn().equals(ruleArn))
                .findFirst();
    }

    /** Removes a listener with its rules and the tags of all of them; gives the target groups that they forwarded to. */
    Set<String> remove(ListenerRecord listener) {
        Set<String> targetGroups = new HashSet<>(listener.action().targetGroups());
        for (RuleRecord rule : rulesOf(listener.arn())) {
            targetGroups.addAll(rule.action().targetGroups());
            rules.remove(rule.arn());
            tags.forget(rule.arn());
        }
        listeners.remove(listener.arn());
        tags.forget(listener.arn());
        tags.forget(listener.defaultRuleArn());
        return targetGroups;
    }

    /** The target groups that a load balancer forwards to, but for what the listener or the rule with this ARN does. */
    Set<String> targetGroupsOf(String loadBalancerArn, String exceptArn) {
        Set<String> groups = new HashSet<>();
        for (ListenerRecord listener : listenersOf(loadBalancerArn)) {
            if (!listener.arn().equals(exceptArn)) {
                groups.addAll(listener.action().targetGroups());
            }
            rulesOf(listener.arn()).stream()
                    .filter(rule -> !rule.arn().equals(exceptArn))
                    .forEach(rule -> groups.addAll(rule.action().targetGroups()));
        }
        return groups;
    }

    /** The load balancer whose listeners forward to a target group: there is at most one. */
    Optional<LoadBalancerRecord> loadBalancerOf(String targetGroupArn) {
        return listeners.list().stream()
                .filter(listener -> listener.action().targetGroups().contains(targetGroupArn))
                .findFirst()
                .or(() -> rules.list().stream()
                        .filter(rule -> rule.action().targetGroups().contains(targetGroupArn))
                        .findFirst()
                        .flatMap(rule -> listeners.find(rule.listenerArn())))
                .flatMap(listener -> loadBalancers.find(listener.loadBalancerArn()));
    }
}
