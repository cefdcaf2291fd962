package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.event.Exchange.Decision;
import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.http.Forwarding;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.RequestWriter;
import dev.resilient.loadbalancer.rotation.Choice;
import dev.resilient.loadbalancer.rotation.Rotation;
import dev.resilient.loadbalancer.rule.CompiledRule;
import dev.resilient.loadbalancer.rule.Route;
import dev.resilient.loadbalancer.rule.SharedGroups;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does with the requests of one connection what their rules say. Confined to the connection's event loop. */
final class Dispatcher {
    private static final int MAXIMUM_LOCATION = 8 * 1024;
    private final ClientConnection client;
    private final Reception reception;
    private final Exchange.Connection connection;
    private final @Nullable String zone;

    Dispatcher(ClientConnection client, Reception reception, Exchange.Connection connection) {
        this.client = client;
        this.reception = reception;
        this.connection = connection;
        this.zone = reception.nextZone();
    }

    void dispatch(RequestHead request, LoadBalancerSettings settings, ExchangeRecorder recorder) {
        CompiledRule rule = reception.ruleFor(request, connection.client().getAddress());
        switch (rule.route()) {
            case Route.ToTarget(SharedGroups groups) -> {
                Rotation group = groups.groupFor(request);
                recorder.decided(forwarding(rule, group));
                forward(request, settings, group == null ? null : groups.targetIn(group, request, zone), recorder);
            }
            case Route.Answer(int status, BalancerResponse response) -> {
                recorder.decided(decision(rule, Exchange.Action.FIXED_RESPONSE, Optional.empty()));
                answer(request, status, response, recorder);
            }
            case Route.Redirect redirect -> {
                String location = redirect.location(request, connection.listener());
                recorder.decided(decision(rule, Exchange.Action.REDIRECT, Optional.of(location)));
                redirect(request, redirect.status(), location, recorder);
            }
        }
    }

    private Decision forwarding(CompiledRule rule, @Nullable Rotation group) {
        return new Decision(
                rule.priority(),
                rule.evaluated(),
                Exchange.Action.FORWARD,
                Optional.ofNullable(group).map(Rotation::name),
                group != null && group.failsOpen(zone),
                Optional.empty());
    }

    private static Decision decision(CompiledRule rule, Exchange.Action action, Optional<String> redirectUrl) {
        return new Decision(rule.priority(), rule.evaluated(), action, Optional.empty(), false, redirectUrl);
    }

    private void forward(
            RequestHead request, LoadBalancerSettings settings, @Nullable Choice choice, ExchangeRecorder recorder) {
        if (choice == null) {
            refuse(recorder, BalancerReason.NO_TARGETS, mayKeepAlive(request), request.isHead());
            return;
        }
        ByteBuf head = client.allocate();
        RequestWriter.write(
                request, new Forwarding(settings, connection.client(), reception.port(), recorder.traceId()), head);
        client.begin(new ProxyExchange(client, request, head, recorder, choice));
    }

    private void redirect(RequestHead request, int status, String location, ExchangeRecorder recorder) {
        if (location.length() > MAXIMUM_LOCATION) {
            refuse(recorder, BalancerReason.REDIRECT_URL_TOO_LONG, mayKeepAlive(request), request.isHead());
        } else {
            answer(request, status, BalancerResponse.redirect(status, location), recorder);
        }
    }

    private void answer(RequestHead request, int status, BalancerResponse response, ExchangeRecorder recorder) {
        end(recorder, status, null, response, mayKeepAlive(request), request.isHead());
    }

    /**
     * Answers with the page for a reason.
     *
     * @param keepAlive whether another request may follow
     * @param toHead whether it answers a HEAD request, and so has no body
     */
    void refuse(ExchangeRecorder recorder, BalancerReason reason, boolean keepAlive, boolean toHead) {
        end(recorder, reason.status(), reason, BalancerResponse.of(reason), keepAlive, toHead);
    }

    private void end(
            ExchangeRecorder recorder,
            int status,
            @Nullable BalancerReason reason,
            BalancerResponse response,
            boolean keepAlive,
            boolean toHead) {
        recorder.sent(client.answer(response, keepAlive, toHead));
        client.record(recorder.end(status, reason));
        client.exchangeEnded(keepAlive);
    }

    /** Whether another request may follow one that is answered without its body being read. */
    private boolean mayKeepAlive(RequestHead request) {
        return client.mayKeepAlive(request) && !request.hasBody();
    }
}
