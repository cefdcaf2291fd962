package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Target groups that remember who came and went; a test says when one has drained or is healthy. Thread-safe. */
final class FakeTargetGroups implements TargetGroupLink {
    static final String ARN = "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/web/0123456789abcdef";

    static final String LABEL = "app/front/0123456789abcdef/targetgroup/web/0123456789abcdef";

    final AtomicLong requests = new AtomicLong();
    final Set<String> existing = ConcurrentHashMap.newKeySet();
    final Set<String> registered = ConcurrentHashMap.newKeySet();
    final Set<String> draining = ConcurrentHashMap.newKeySet();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<String, Health> health = new ConcurrentHashMap<>();

    /** The health of those of which nothing else was said. */
    volatile Health otherwise = Health.UNKNOWN;

    FakeTargetGroups() {
        existing.add(ARN);
    }

    @Override
    public boolean exists(String targetGroupArn) {
        return existing.contains(targetGroupArn);
    }

    @Override
    public void register(String targetGroupArn, String instanceId) {
        if (registered.add(instanceId)) {
            calls.add("register " + instanceId);
        }
    }

    @Override
    public void deregister(String targetGroupArn, String instanceId) {
        if (registered.remove(instanceId)) {
            calls.add("deregister " + instanceId);
            draining.add(instanceId);
        }
    }

    @Override
    public Map<String, Health> targets(String targetGroupArn) {
        Map<String, Health> targets = new HashMap<>();
        draining.forEach(id -> targets.put(id, Health.UNKNOWN));
        registered.forEach(id -> targets.put(id, health.getOrDefault(id, otherwise)));
        return targets;
    }

    @Override
    public Optional<Traffic> traffic(String targetGroupArn) {
        return Optional.of(new Traffic(LABEL, requests.get()));
    }
}
