package dev.resilient.loadbalancer.log;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.target.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The exchange of AWS's example line, and others that differ from it in one thing. */
record Exchanges(
        Exchange.Request request,
        Optional<Exchange.Decision> decision,
        Optional<Target> target,
        int status,
        OptionalInt targetStatus,
        Optional<BalancerReason> reason,
        Exchange.Timeline timeline) {
    static final Instant CREATED = Instant.parse("2018-07-02T22:22:48.364321Z");
    static final long LASTED = Duration.between(CREATED, Instant.parse("2018-07-02T22:23:00.186641Z"))
            .toNanos();
    static final String GROUP =
            "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067";

    static Exchanges example() {
        return new Exchanges(
                request("/", "curl/7.46.0", Optional.empty()),
                Optional.of(new Exchange.Decision(
                        0, 0, Exchange.Action.FORWARD, Optional.of(GROUP), false, Optional.empty())),
                Optional.of(new Target("i-0", "zone-a", address("10.0.0.1", 80))),
                200,
                OptionalInt.of(200),
                Optional.empty(),
                new Exchange.Timeline(
                        CREATED,
                        OptionalLong.of(100_000),
                        OptionalLong.of(200_000),
                        OptionalLong.of(900_000),
                        OptionalLong.of(2_000_000),
                        LASTED));
    }

    static Exchange.Request request(String path, String userAgent, Optional<DesyncReason> desync) {
        return new Exchange.Request(
                "GET",
                path,
                path,
                "www.example.com",
                "HTTP/1.1",
                userAgent,
                "Root=1-58337262-36d228ad5d99923122bbe354",
                "",
                Exchange.InvalidFields.NONE,
                desync);
    }

    static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    Exchanges with(Exchange.Request newRequest) {
        return new Exchanges(newRequest, decision, target, status, targetStatus, reason, timeline);
    }

    /** The balancer answered itself; the target, if there was one, did not. */
    Exchanges answered(BalancerReason why, boolean connected, boolean chosen) {
        return new Exchanges(
                request,
                decision,
                chosen ? target : Optional.empty(),
                why.status(),
                OptionalInt.empty(),
                Optional.of(why),
                new Exchange.Timeline(
                        CREATED,
                        timeline.ruledNanos(),
                        chosen ? timeline.targetChosenNanos() : OptionalLong.empty(),
                        connected ? timeline.connectedNanos() : OptionalLong.empty(),
                        OptionalLong.empty(),
                        LASTED));
    }

    Exchange from(String client) {
        return new Exchange(
                new Exchange.Connection(
                        address(client, 2817), address("10.9.9.9", 80), "TID_0123456789abcdef0123456789abcdef"),
                request,
                decision,
                target,
                status,
                targetStatus,
                reason,
                timeline,
                new Exchange.Traffic(34, 366));
    }

    Exchange get() {
        return from("192.168.131.39");
    }
}
