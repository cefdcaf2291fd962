package dev.resilient.cloud.elb.resource;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/**
 * The resources by ARN. Thread-safe.
 *
 * @param rules those of all listeners, without their default rules
 * @param ruleArns what their ARNs look like
 * @param changes held while resources are created and deleted
 */
public record Stores(
        Table<LoadBalancerRecord> loadBalancers,
        Table<TargetGroupRecord> targetGroups,
        Table<ListenerRecord> listeners,
        ResourceMap<Rule> rules,
        Arns.Form ruleArns,
        Tags tags,
        ReentrantLock changes) {

    /** How lists of them are answered. */
    public static final PageRules PAGES =
            new PageRules(400, 400, marker -> Errors.validation("Marker '" + marker + "' is not valid"));

    /** Those that the store has. */
    public Stores(CloudContext cloud) {
        this(cloud.store(), new Arns(cloud));
    }

    private Stores(ResourceStore store, Arns arns) {
        this(
                new Table<>(
                        store,
                        "LoadBalancer",
                        arns.form("load balancer", "loadbalancer"),
                        name -> arns.loadBalancer(name, "")),
                new Table<>(
                        store,
                        "TargetGroup",
                        arns.form("target group", "targetgroup"),
                        name -> arns.targetGroup(name, "")),
                new Table<>(store, "Listener", arns.form("listener", "listener"), UnaryOperator.identity()),
                store.map("elb.rules"),
                arns.form("rule", "listener-rule"),
                new Tags(store.map("elb.tags")),
                new ReentrantLock());
    }

    /**
     * Creates and deletes resources one after the other, since names, ports and who uses what are facts about several of them.
     * Sockets are opened and closed meanwhile; nothing that looks waits for it.
     */
    public <T> T alone(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    /** The same operation, never at the same time as another such change. */
    public <I, O> Function<I, O> alone(Function<I, O> change) {
        return request -> alone(() -> change.apply(request));
    }

    /** A rule, which may be a default one. */
    public Rule rule(String arn) {
        return rules.find(ruleArns.checked(arn))
                .or(() -> allRules().filter(rule -> rule.ruleArn().equals(arn)).findFirst())
                .orElseThrow(() -> ServiceError.badRequest("RuleNotFound", "One or more rules not found"));
    }

    /** The listeners of one load balancer. */
    public List<ListenerRecord> listenersOf(String loadBalancerArn) {
        return listeners.all().list().stream()
                .filter(listener -> listener.shape().loadBalancerArn().equals(loadBalancerArn))
                .toList();
    }

    private Stream<Rule> allRules() {
        return Stream.concat(
                rules.list().stream(), listeners.all().list().stream().map(ListenerRecord::defaultRule));
    }

    /** The rules of the listener, or of the listeners of the load balancer, with this ARN, in the order in which they are tried. */
    public List<Rule> rulesOf(String arn) {
        String beginning = Arns.rulesOf(arn);
        return allRules()
                .filter(rule -> rule.ruleArn().startsWith(beginning))
                .sorted(Comparator.comparing(RuleReader::order))
                .toList();
    }

    /** Removes a listener with its rules and the tags of all of them; gives the target groups that they forwarded to. */
    public Set<String> remove(ListenerRecord listener) {
        Set<String> targetGroups = new HashSet<>();
        for (Rule rule : rulesOf(listener.arn())) {
            targetGroups.addAll(RuleReader.targetGroups(rule.actions()));
            rules.remove(rule.ruleArn());
            tags.forget(rule.ruleArn());
        }
        listeners.all().remove(listener.arn());
        tags.forget(listener.arn());
        return targetGroups;
    }

    /** The target groups that a load balancer forwards to, but for what the rule with this ARN does. */
    public Set<String> targetGroupsOf(String loadBalancerArn, String exceptRuleArn) {
        Set<String> groups = new HashSet<>();
        rulesOf(loadBalancerArn).stream()
                .filter(rule -> !rule.ruleArn().equals(exceptRuleArn))
                .forEach(rule -> groups.addAll(RuleReader.targetGroups(rule.actions())));
        return groups;
    }

    /** The load balancer whose rules forward to a target group: there is at most one. */
    public Optional<LoadBalancerRecord> loadBalancerOf(String targetGroupArn) {
        return allRules()
                .filter(rule -> RuleReader.targetGroups(rule.actions()).contains(targetGroupArn))
                .findFirst()
                .flatMap(rule -> loadBalancers.all().find(Arns.loadBalancerOf(Arns.listenerOf(rule.ruleArn()))));
    }
}
