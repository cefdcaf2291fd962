package dev.resilient.cloud.realism;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.base.PageLimit;
import dev.resilient.cloud.base.Realism;
import dev.resilient.cloud.fault.Refusal;
import dev.resilient.cloud.store.Hindsight;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Interceptor;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * A control plane as AWS's is on a bad day. All chance comes from {@link Dice}; what is kept here is how often each was thrown.
 * Thread-safe.
 */
final class BadDay implements Realism, Interceptor {
    /** Services whose descriptions are behind. The others promise to be consistent, or are asked for values. */
    private static final Set<String> BEHIND = Set.of("autoscaling", "dynamodb", "ec2", "elasticloadbalancing", "iam");

    /** Reads that show what happens now, or items. */
    private static final Set<String> UP_TO_DATE = Set.of(
            "elasticloadbalancing:DescribeTargetHealth",
            "ec2:GetConsoleOutput",
            "dynamodb:GetItem",
            "dynamodb:GetRecords");

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Dice dice;
    private final Pace pace;
    private final Hindsight hindsight;

    BadDay(Dice dice, Pace pace, Hindsight hindsight) {
        this.dice = dice;
        this.pace = pace;
        this.hindsight = hindsight;
    }

    @Override
    public <T> T around(String action, AwsRequest request, Caller caller, Supplier<T> call) {
        long count = next(action);
        int colon = action.indexOf(':');
        String service = action.substring(0, colon);
        String operation = action.substring(colon + 1);
        Optional<Refusal> refusal = dice.refusal(action, count);
        if (refusal.isPresent()) {
            throw refusal.get().of(service, operation);
        }
        Supplier<T> paged = namesResources(request) ? call : () -> PageLimit.within(dice.page(action, count), call);
        return isBehind(action, service, operation)
                ? hindsight.ago(pace.of(dice.lag(action, count)), paged)
                : paged.get();
    }

    @Override
    public Duration provisioning(String what, Duration usual) {
        return Duration.ofNanos(Math.round(usual.toNanos() * dice.slowness(what, next("provisioning " + what))));
    }

    @Override
    public boolean lingers(String what, BooleanSupplier inUse) {
        return inUse.getAsBoolean() || hindsight.ago(pace.of(dice.lingering(what)), inUse::getAsBoolean);
    }

    @Override
    public <T> T propagated(String reader, Supplier<T> look) {
        return hindsight.ago(pace.of(dice.propagation(reader)), look);
    }

    private long next(String what) {
        return counts.computeIfAbsent(what, fresh -> new AtomicLong()).getAndIncrement();
    }

    private static boolean isBehind(String action, String service, String operation) {
        boolean reads = operation.startsWith("Describe") || operation.startsWith("List") || operation.startsWith("Get");
        return reads && BEHIND.contains(service) && !UP_TO_DATE.contains(action);
    }

    /** Whether a request says one by one what it wants to see: that is never spread over pages. */
    private static boolean namesResources(AwsRequest request) {
        return request.sdkFields().stream()
                .map(field -> field.getValueOrDefault(request))
                .anyMatch(value ->
                        value instanceof Collection<?> names && names.stream().anyMatch(String.class::isInstance));
    }
}
