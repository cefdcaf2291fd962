package dev.resilient.cloud.elb.dataplane;

import dev.resilient.cloud.base.Closing;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.elb.attribute.ListenerAttributes;
import dev.resilient.cloud.elb.attribute.LoadBalancerAttributes;
import dev.resilient.cloud.elb.attribute.TargetGroupAttributes;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.ListenerRecord;
import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.loadbalancer.Listener;
import dev.resilient.loadbalancer.LoadBalancer;
import dev.resilient.loadbalancer.TargetGroup;
import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.metric.BalancerMetrics;
import dev.resilient.loadbalancer.metric.MetricsSnapshot;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetState;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/**
 * Makes records real: one load balancer with its own threads for each record, on the record's own address; its listeners; and
 * target groups that check and choose. To an instance whose security groups do not let the load balancer in, connections get no
 * answer. What the records say is brought about by {@link #follow}. Thread-safe.
 */
public final class DataPlane implements AutoCloseable {
    /** How often targets are compared with their peers. */
    private static final Duration ANOMALY_INTERVAL = Duration.ofSeconds(5);

    private final CloudContext cloud;
    private final RandomGenerator random;
    private final Stores stores;
    private final Neighbours neighbours;
    private final AccessLogs logs;
    private final BalancerRules rules = new BalancerRules(this::group);
    private final BalancerMetrics metrics = new BalancerMetrics();
    private final Map<String, LoadBalancer> balancers = new ConcurrentHashMap<>();
    private final Map<String, Followed> groups = new ConcurrentHashMap<>();
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    /** Of no load balancer yet; what the store has is opened by whoever knows it. */
    public DataPlane(
            CloudContext cloud, RandomGenerator random, Stores stores, Neighbours neighbours, AccessLogs logs) {
        this.cloud = cloud;
        this.random = random;
        this.stores = stores;
        this.neighbours = neighbours;
        this.logs = logs;
    }

    /** Starts the load balancer of a new record; nothing listens yet. */
    public void open(LoadBalancerRecord opened, Consumer<BalancerEvent> events) {
        logs.follow(opened);
        balancers.put(
                opened.arn(),
                LoadBalancer.builder()
                        .time(cloud.time())
                        .random(random)
                        .events(events.andThen(metrics).andThen(event -> logs.accept(opened.arn(), event)))
                        .reaches(target -> reaches(opened.arn(), target))
                        .settings(LoadBalancerAttributes.settings(opened))
                        .zones(opened.zones())
                        .anomalyInterval(cloud.pace().of(ANOMALY_INTERVAL))
                        .start());
    }

    /** Makes a running load balancer as its changed record says. */
    public void apply(LoadBalancerRecord changed) {
        logs.follow(changed);
        Optional.ofNullable(balancers.get(changed.arn())).ifPresent(balancer -> {
            balancer.setSettings(LoadBalancerAttributes.settings(changed));
            balancer.setZones(changed.zones());
        });
    }

    /** Ends a load balancer with its listeners and connections. */
    public void close(LoadBalancerRecord closed, List<ListenerRecord> itsListeners) {
        itsListeners.forEach(this::close);
        Optional.ofNullable(balancers.remove(closed.arn())).ifPresent(LoadBalancer::close);
        logs.end(closed.arn());
    }

    /** Adds a target group without targets. */
    public void open(TargetGroupRecord opened) {
        groups.put(
                opened.arn(),
                new Followed(new TargetGroup(opened.arn(), TargetGroupAttributes.settings(opened, cloud.pace()))));
    }

    /** Ends a target group that nobody uses. */
    public void close(TargetGroupRecord closed) {
        groups.remove(closed.arn());
    }

    /**
     * Binds a listener. Until its load balancer is active, and where no security group of the load balancer lets the client in, a
     * connection is closed without an answer.
     *
     * @throws dev.resilient.wire.ServiceError if the port cannot be bound
     */
    public void listen(LoadBalancerRecord owner, ListenerRecord listener) {
        LoadBalancer balancer = balancers.get(owner.arn());
        if (balancer == null) {
            throw stores.loadBalancers().missing();
        }
        InetSocketAddress address = new InetSocketAddress(literal(owner.address()), listener.port());
        try {
            Listener bound = balancer.listen(
                    address,
                    rules.action(listener.shape().defaultActions()),
                    client -> admits(owner.arn(), listener.port(), client));
            act(bound, listener);
            Optional.ofNullable(listeners.put(listener.arn(), bound)).ifPresent(Listener::close);
        } catch (IOException refused) {
            throw Errors.invalidConfiguration("Port " + listener.port() + " of load balancer '" + owner.name()
                    + "' cannot be bound: " + refused.getMessage());
        }
    }

    private boolean admits(String loadBalancerArn, int port, InetAddress client) {
        return stores.loadBalancers()
                .all()
                .find(loadBalancerArn)
                .filter(record -> record.isActive(cloud.time().instant()))
                .filter(record -> neighbours.allows(record.shape().securityGroups(), port, client, List.of()))
                .isPresent();
    }

    /** Whether the groups of the registered instance at this address let the load balancer in, as all of them are now. */
    private boolean reaches(String loadBalancerArn, InetSocketAddress target) {
        return stores.loadBalancers()
                .all()
                .find(loadBalancerArn)
                .filter(balancer -> instancesAt(target.getAddress())
                        .anyMatch(instance -> neighbours.allows(
                                instance.securityGroups().stream()
                                        .map(GroupIdentifier::groupId)
                                        .toList(),
                                target.getPort(),
                                literal(balancer.address()),
                                balancer.shape().securityGroups())))
                .isPresent();
    }

    private Stream<Instance> instancesAt(InetAddress address) {
        return stores.targetGroups().all().list().stream()
                .flatMap(group -> group.targets().stream())
                .map(TargetDescription::id)
                .distinct()
                .flatMap(id -> neighbours.findInstance(id).stream())
                .filter(instance -> literal(instance.privateIpAddress()).equals(address));
    }

    /** Makes a listener do with requests what its record and its rules say, from the next one on. */
    public void act(ListenerRecord changed) {
        Optional.ofNullable(listeners.get(changed.arn())).ifPresent(listener -> act(listener, changed));
    }

    private void act(Listener listener, ListenerRecord changed) {
        listener.setDefaultAction(rules.action(changed.shape().defaultActions()));
        listener.setRules(stores.rulesOf(changed.arn()).stream()
                .filter(rule -> !rule.isDefault())
                .map(rules::rule)
                .toList());
        listener.setSettings(ListenerAttributes.settings(changed));
    }

    /** What records say, as load balancers want it. */
    public BalancerRules rules() {
        return rules;
    }

    /** Ends a listener; requests in flight are finished. */
    public void close(ListenerRecord closed) {
        Optional.ofNullable(listeners.remove(closed.arn())).ifPresent(Listener::close);
    }

    /** @throws dev.resilient.wire.ServiceError if there is no such group */
    TargetGroup group(String arn) {
        Followed followed = groups.get(arn);
        if (followed == null) {
            throw stores.targetGroups().missing();
        }
        return followed.group();
    }

    /** The targets that are checked and used, and those that drain. */
    public List<TargetStatus> targets(String targetGroupArn) {
        Followed followed = groups.get(targetGroupArn);
        return followed == null ? List.of() : followed.group().targets();
    }

    /** What was counted for the targets of a target group, by whatever load balancer. */
    public MetricsSnapshot metrics(String targetGroupArn) {
        return metrics.ofGroup(targetGroupArn);
    }

    /**
     * Makes a target group check and choose as its record says, among the targets that are registered, run, and are in a zone of the
     * load balancer that uses it. To be called after each change of any of these. Of calls that overlap, the first does the work of
     * all.
     */
    public void follow(String targetGroupArn) {
        Followed followed = groups.get(targetGroupArn);
        if (followed == null || followed.asked().getAndIncrement() > 0) {
            return;
        }
        int answered;
        do {
            answered = followed.asked().get();
            stores.targetGroups().all().find(targetGroupArn).ifPresent(record -> match(followed.group(), record));
        } while (followed.asked().addAndGet(-answered) > 0);
    }

    private void match(TargetGroup group, TargetGroupRecord record) {
        TargetGroupSettings settings = TargetGroupAttributes.settings(record, cloud.pace());
        if (!group.settings().equals(settings)) {
            group.setSettings(settings);
        }
        Set<Target> wanted = new HashSet<>(wanted(record));
        List<Target> leaving = group.targets().stream()
                .filter(status -> status.health().state() != TargetState.DRAINING)
                .map(TargetStatus::target)
                .filter(target -> !wanted.remove(target))
                .toList();
        group.register(wanted);
        group.deregister(leaving);
    }

    private List<Target> wanted(TargetGroupRecord record) {
        List<String> zones = stores.loadBalancerOf(record.arn())
                .map(LoadBalancerRecord::zones)
                .orElse(cloud.account().zones());
        return record.targets().stream()
                .flatMap(target -> neighbours.findInstance(target.id()).stream()
                        .filter(instance -> instance.state().name() == InstanceStateName.RUNNING)
                        .filter(instance -> zones.contains(instance.placement().availabilityZone()))
                        .map(instance -> target(target, instance)))
                .toList();
    }

    private static Target target(TargetDescription registered, Instance instance) {
        return new Target(
                registered.id(),
                instance.placement().availabilityZone(),
                new InetSocketAddress(literal(instance.privateIpAddress()), registered.port()));
    }

    /** Never a name that would have to be looked up, and never an address of another machine. */
    private static InetAddress literal(String address) {
        InetAddress literal = InetAddress.ofLiteral(address);
        if (!literal.isLoopbackAddress()) {
            throw new IllegalArgumentException("not a loopback address: " + address);
        }
        return literal;
    }

    /**
     * A target group and how many callers want it to be looked at.
     *
     * @param asked calls of {@link #follow} that are not answered yet
     */
    private record Followed(TargetGroup group, AtomicInteger asked) {
        Followed(TargetGroup group) {
            this(group, new AtomicInteger());
        }
    }

    /** Ends everything, whatever fails on the way. */
    @Override
    public void close() {
        try (Closing all = new Closing()) {
            all.with(logs);
            balancers.values().forEach(all::with);
        }
        balancers.clear();
        listeners.clear();
        groups.clear();
    }
}
