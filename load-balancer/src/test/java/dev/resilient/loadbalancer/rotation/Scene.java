package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.http.HeadReader;
import dev.resilient.loadbalancer.http.MessageHead;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.RequestGuard;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.ResponseHead;
import dev.resilient.loadbalancer.settings.DesyncMode;
import dev.resilient.loadbalancer.target.CheckResult;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetStatus;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rotation in use, whose targets become healthy or not as the test says. One success or failure is enough for either. */
final class Scene {
    static final TargetGroupSettings SETTINGS =
            TargetGroupSettings.DEFAULT.withHealthCheck(HealthCheck.DEFAULT.withThresholds(1, 1));
    final ManualOwner owner;
    final Rotation rotation;

    Scene(TargetGroupSettings settings, String... zones) {
        owner = new ManualOwner(zones);
        rotation = new Rotation("group", settings);
        rotation.use(owner);
    }

    static Target target(String id, String zone) {
        return new Target(id, zone, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 80));
    }

    static Target target(String id) {
        return target(id, "a");
    }

    /** {@code ID-0}, {@code ID-1} and so on, in a zone. */
    static List<Target> targets(String id, String zone, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> target(id + "-" + i, zone))
                .toList();
    }

    Scene with(String... ids) {
        rotation.register(Stream.of(ids).map(Scene::target).toList());
        return this;
    }

    Scene healthy(String... ids) {
        return checked(200, ids);
    }

    Scene unhealthy(String... ids) {
        return checked(500, ids);
    }

    private Scene checked(int status, String... ids) {
        for (String id : ids) {
            rotation.checked(routed(id), new CheckResult.Answered(status));
        }
        return this;
    }

    void all(List<Target> targets, int status) {
        targets.forEach(target -> checked(status, target.id()));
    }

    void change(UnaryOperator<TargetGroupSettings> change) {
        rotation.setSettings(change.apply(rotation.settings()));
    }

    /** The stay in the rotation that is checked at the moment. */
    RoutedTarget routed(String id) {
        return owner.checked.reversed().stream()
                .filter(routed -> routed.target().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    TargetStatus status(String id) {
        return rotation.targets().stream()
                .filter(status -> status.target().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A request with these fields. */
    static RequestHead request(String... fields) {
        try {
            return RequestGuard.check(
                    head(HeadReader.Kind.REQUEST, "GET / HTTP/1.1\r\nHost: a\r\n", fields), DesyncMode.DEFENSIVE);
        } catch (RejectedException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** A response with these fields. */
    static ResponseHead response(String... fields) {
        try {
            return ResponseHead.of(head(HeadReader.Kind.RESPONSE, "HTTP/1.1 200 OK\r\n", fields), false);
        } catch (RejectedException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static MessageHead head(HeadReader.Kind kind, String start, String... fields) throws RejectedException {
        StringBuilder text = new StringBuilder(start);
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        MessageHead head = new HeadReader(kind)
                .read(Unpooled.wrappedBuffer(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1)));
        return Objects.requireNonNull(head);
    }

    /** How many of so many requests each target gets. */
    Map<String, Integer> requests(int count) {
        return requests(count, null);
    }

    Map<String, Integer> requests(int count, @Nullable String zone) {
        Map<String, Integer> got = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Choice chosen = rotation.choose(request(), zone);
            got.merge(chosen == null ? "nobody" : chosen.routed().target().id(), 1, Integer::sum);
        }
        return got;
    }

    /** Lets requests end, so many of them with failures. */
    void outcomes(String id, int requests, int failures) {
        RoutedTarget routed = routed(id);
        for (int i = 0; i < requests; i++) {
            routed.requestBegan();
            routed.requestEnded(i < failures);
        }
    }
}
