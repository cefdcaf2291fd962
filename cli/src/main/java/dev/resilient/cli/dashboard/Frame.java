package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.DashboardState.Step;
import dev.resilient.cli.dashboard.Requests.Second;
import dev.resilient.scenario.Architecture;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import dev.resilient.scenario.guard.Heartbeat;
import dev.resilient.scenario.observe.InstanceSeen;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.resource.ServiceParameter;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture of the state at one moment: plain values, whose names are the keys of the JSON that the page gets. What does not exist is
 * an empty text.
 *
 * @param boot which run of the dashboard drew it, so that a page notices a new one
 * @param now when, in milliseconds since 1970
 * @param phasesInAll how many phases a whole demonstration has; 0 if these are drills, which may be any number
 */
record Frame(
        String boot,
        long now,
        String name,
        String region,
        Connection connection,
        String endpoint,
        String act,
        Step step,
        String waiting,
        List<Zone> zones,
        String table,
        Guarding guarding,
        List<Parameter> parameters,
        Rates rates,
        List<Point> points,
        int phasesInAll,
        List<Script.Phase> phases,
        List<Told> told) {

    private static final int PHASES_OF_ARTICLE = 7;
    private static final List<ServiceParameter> PARAMETERS = List.of(ServiceParameter.values());

    /** Draws a state. */
    static Frame of(DashboardState state, String boot, Optional<Deployment> deployment, long now) {
        Optional<Architecture> parts = state.sight().architecture();
        Map<String, Map<ResponseKind, Double>> rates = state.requests().rates(now);
        return new Frame(
                boot,
                now,
                deployment.map(Deployment::name).orElse(""),
                deployment.map(which -> which.region().id()).orElse(""),
                state.sight().connection(),
                parts.flatMap(Architecture::endpoint).map(URI::toString).orElse(""),
                state.script().act().map(Act::name).orElse(""),
                state.step(),
                state.script().waiting(),
                zones(state.sight(), deployment, rates),
                parts.flatMap(Architecture::table).orElse(""),
                parts.map(Guarding::of).orElse(Guarding.UNKNOWN),
                deployment.map(which -> parameters(which, parts)).orElse(List.of()),
                Rates.sum(rates),
                points(state.requests(), now),
                state.script().phases().stream()
                        .reduce((_, last) -> last)
                        .map(Script.Phase::of)
                        .orElse(PHASES_OF_ARTICLE),
                state.script().phases(),
                state.told());
    }

    private static List<Zone> zones(
            Sight sight, Optional<Deployment> deployment, Map<String, Map<ResponseKind, Double>> rates) {
        Map<String, Instance> instances = new TreeMap<>();
        String restricted =
                deployment.map(which -> which.names().restrictedAccess()).orElse("");
        sight.architecture().ifPresent(parts -> {
            Map<String, TargetSeen> targets = parts.targets().stream()
                    .collect(Collectors.toMap(TargetSeen::instanceId, Function.identity(), (one, _) -> one));
            Map<String, Heartbeat> heartbeats =
                    parts.heartbeats().stream().collect(Collectors.toMap(Heartbeat::instanceId, Function.identity()));
            Map<String, InstanceSeen> members =
                    parts.instances().stream().collect(Collectors.toMap(InstanceSeen::instanceId, Function.identity()));
            TreeSet<String> ids = new TreeSet<>(targets.keySet());
            ids.addAll(members.keySet());
            ids.forEach(id -> instances.put(
                    id,
                    Instance.of(
                            id,
                            members.get(id),
                            targets.get(id),
                            heartbeats.get(id),
                            restricted,
                            Rates.of(rates.get(id)))));
        });
        TreeSet<String> names = new TreeSet<>(sight.zoneOf().values());
        return names.stream()
                .map(zone -> new Zone(
                        zone,
                        instances.values().stream()
                                .filter(instance -> zone.equals(sight.zoneOf().get(instance.id())))
                                .sorted(Comparator.comparing(Instance::id))
                                .toList()))
                .toList();
    }

    private static List<Parameter> parameters(Deployment deployment, Optional<Architecture> parts) {
        return PARAMETERS.stream()
                .map(parameter -> new Parameter(
                        parameter.key(),
                        parameter.name(deployment.names()),
                        parts.flatMap(seen ->
                                        Optional.ofNullable(seen.parameters().get(parameter)))
                                .orElse(""),
                        parameter.initialValue(deployment.names()),
                        parameter.changedValue()))
                .toList();
    }

    /** One point for every second that is shown, up to the last whole one. */
    private static List<Point> points(Requests requests, long nowMillis) {
        long now = Math.floorDiv(nowMillis, 1000);
        Map<Long, Second> seconds =
                requests.seconds().stream().collect(Collectors.toMap(Second::at, Function.identity()));
        return LongStream.range(now - Requests.SHOWN, now)
                .mapToObj(at -> Point.of(at, seconds.get(at)))
                .toList();
    }

    /**
     * Who replaces instances.
     *
     * @param alarm that nobody does who should; empty if there is none
     */
    record Guarding(String text, String alarm) {
        private static final Guarding UNKNOWN = new Guarding("", "");

        static Guarding of(Architecture parts) {
            return parts.isDeployed()
                    ? new Guarding(
                            parts.guarding().summary() + ".",
                            parts.guarding().alarm().orElse(""))
                    : UNKNOWN;
        }
    }

    /** A zone with the instances in it. */
    record Zone(String name, List<Instance> instances) {}

    /**
     * An instance, as Auto Scaling, EC2, the load balancer and itself see it.
     *
     * @param restricted whether it has the profile that may not read the table
     * @param own what its server wrote of itself last
     */
    record Instance(
            String id,
            String lifecycle,
            String state,
            boolean restricted,
            String health,
            String reason,
            String description,
            Own own,
            Rates rates) {

        static Instance of(
                String id,
                @Nullable InstanceSeen member,
                @Nullable TargetSeen target,
                @Nullable Heartbeat heartbeat,
                String restricted,
                Rates rates) {
            Optional<InstanceSeen> seen = Optional.ofNullable(member);
            Optional<TargetSeen> health = Optional.ofNullable(target);
            return new Instance(
                    id,
                    seen.map(InstanceSeen::lifecycle).orElse(""),
                    seen.flatMap(InstanceSeen::state).orElse(""),
                    seen.flatMap(InstanceSeen::profile)
                            .filter(restricted::equals)
                            .isPresent(),
                    health.map(TargetSeen::state).map(Object::toString).orElse(""),
                    health.flatMap(TargetSeen::reason).map(Object::toString).orElse(""),
                    health.flatMap(TargetSeen::description).orElse(""),
                    Own.of(heartbeat),
                    rates);
        }
    }

    /**
     * What a server wrote of itself.
     *
     * @param fine whether it works and its circuit is closed, so that there is nothing to look at
     * @param at when it wrote, by its own clock
     */
    record Own(boolean fine, String text, String at) {
        private static final String CLOSED = "closed";

        static Own of(@Nullable Heartbeat last) {
            return last == null
                    ? new Own(true, "", "")
                    : new Own(
                            last.working()
                                    && last.own()
                                            .circuit()
                                            .filter(CLOSED::equals)
                                            .isPresent(),
                            last.view(),
                            last.own().at().map(Instant::toString).orElse(""));
        }
    }

    /**
     * A parameter.
     *
     * @param key its name without the deployment's
     * @param value its value now
     * @param initial its value in an undisturbed deployment
     * @param changed the other value that it may be given
     */
    record Parameter(String key, String name, String value, String initial, String changed) {}

    /** Requests per second by the kind of their answers. */
    record Rates(double recommendation, double fallback, double error) {

        static Rates of(@Nullable Map<ResponseKind, Double> byKind) {
            return byKind == null
                    ? new Rates(0, 0, 0)
                    : new Rates(
                            byKind.getOrDefault(ResponseKind.RECOMMENDATION, 0.0),
                            byKind.getOrDefault(ResponseKind.STATIC, 0.0),
                            byKind.getOrDefault(ResponseKind.ERROR, 0.0));
        }

        static Rates sum(Map<String, Map<ResponseKind, Double>> all) {
            List<Rates> each = new ArrayList<>();
            all.values().forEach(byKind -> each.add(of(byKind)));
            return each.stream()
                    .reduce(
                            new Rates(0, 0, 0),
                            (one, other) -> new Rates(
                                    one.recommendation + other.recommendation,
                                    one.fallback + other.fallback,
                                    one.error + other.error));
        }
    }

    /** A second of the charts; times, in milliseconds, only as far as they are known. */
    record Point(
            long at,
            int recommendation,
            int fallback,
            int error,
            @Nullable Double median,
            @Nullable Double p99) {

        static Point of(long at, @Nullable Second second) {
            return second == null
                    ? new Point(at, 0, 0, 0, null, null)
                    : new Point(
                            at,
                            second.count(ResponseKind.RECOMMENDATION),
                            second.count(ResponseKind.STATIC),
                            second.count(ResponseKind.ERROR),
                            rounded(second.median()),
                            rounded(second.p99()));
        }

        private static @Nullable Double rounded(OptionalDouble millis) {
            return millis.isPresent() ? Math.round(millis.getAsDouble() * 100) / 100.0 : null;
        }
    }
}
