package dev.resilient.wire.endpoint;

import dev.resilient.time.TimeSource;
import dev.resilient.wire.Access;
import dev.resilient.wire.AnsweredCall;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.Interceptor;
import dev.resilient.wire.Invocation;
import dev.resilient.wire.Operation;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.constraint.Constraints;
import dev.resilient.wire.constraint.Violation;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.http.WireResponse;
import dev.resilient.wire.protocol.WireProtocol;
import dev.resilient.wire.signature.Signature;
import dev.resilient.wire.signature.Verdict;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** The way of every call: to its service, past the signature, the input rules and the gate, into the handler and back. */
final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private final ServiceRouter router;
    private final Gate gate;
    private final TimeSource time;
    private final Interceptor interceptor;
    private final RequestIds ids;
    private final Consumer<? super AnsweredCall> listener;

    Dispatcher(AwsEndpoint.Builder settings) {
        this.router = new ServiceRouter(
                settings.services.stream()
                        .map(service -> BoundService.of(service, settings.region))
                        .toList(),
                settings.region);
        this.gate = settings.gate;
        this.time = settings.time;
        this.interceptor = settings.interceptor;
        this.ids = new RequestIds(settings.random);
        this.listener = settings.listener;
    }

    /** Answers a request from this address; whatever goes wrong becomes an error in the caller's own protocol. */
    WireResponse answer(WireRequest request, String address) {
        Exchange exchange = new Exchange(request, address);
        long start = time.nanoTime();
        WireResponse response = exchange.answer();
        Duration duration = Duration.ofNanos(time.nanoTime() - start);
        tell(new AnsweredCall(exchange.caller, exchange.action, response.status(), response.errorCode(), duration));
        return response;
    }

    /** The answer to a request, of which only the head was read, whose body is over {@code limit}. */
    WireResponse refuse(WireRequest head, int limit) {
        Exchange exchange = new Exchange(head, "");
        WireProtocol protocol = exchange.route().protocol();
        WireResponse response = protocol.error(protocol.tooLarge(limit), exchange.requestId);
        tell(new AnsweredCall("-", exchange.action, response.status(), response.errorCode(), Duration.ZERO));
        return response;
    }

    private void tell(AnsweredCall call) {
        try {
            listener.accept(call);
        } catch (RuntimeException failure) {
            log.error("the listener failed on {}", call, failure);
        }
    }

    /** One call on its way. */
    private final class Exchange {
        private final WireRequest request;
        private final String address;
        private Optional<Signature> signature = Optional.empty();
        private Optional<Verdict.Invalid> unreadable = Optional.empty();
        private String requestId = "-";
        private String caller = "-";
        private String action = "-:-";

        Exchange(WireRequest request, String address) {
            this.request = request;
            this.address = address;
        }

        WireResponse answer() {
            BoundService service = route();
            try {
                return serve(service);
            } catch (ServiceError error) {
                return service.protocol().error(error, requestId);
            } catch (RuntimeException | Error failure) {
                log.error("request {} failed: {}", requestId, action, failure);
                ServiceError error = new ServiceError(
                        "InternalFailure",
                        500,
                        "The request processing has failed because of an unknown error, exception or failure.");
                return service.protocol().error(error, requestId);
            }
        }

        BoundService route() {
            try {
                signature = Signature.of(request);
            } catch (Verdict.Fault fault) {
                unreadable = Optional.of(fault.verdict());
            }
            BoundService service = router.route(request, signature);
            requestId = ids.next(service.model().signingName());
            action = (service.model().signingName().isEmpty()
                            ? "-"
                            : service.model().signingName()) + ":-";
            return service;
        }

        private WireResponse serve(BoundService service) {
            AccessKey[] key = new AccessKey[1];
            WireRequest verified = verify(service, key);
            Caller identity = key[0].caller();
            caller = identity.arn();
            Invocation<?, ?> invocation = service.protocol().resolve(verified, service.operations());
            action = invocation.operation().action();
            return invoke(service, invocation, verified, identity);
        }

        private WireRequest verify(BoundService service, AccessKey[] found) {
            Signature signed = signature.orElseThrow(() -> service.protocol()
                    .rejected(unreadable.orElse(
                            new Verdict.Invalid(Flaw.UNSIGNED, "Request is missing Authentication Token"))));
            Optional<AccessKey> key = gate.accessKey(signed.accessKeyId());
            return switch (service.verifier().verify(request, signed, key, time.instant())) {
                case Verdict.Invalid invalid -> throw service.protocol().rejected(invalid);
                case Verdict.Valid valid -> {
                    found[0] = key.orElseThrow();
                    yield valid.request();
                }
            };
        }

        private <I extends AwsRequest, O extends AwsResponse> WireResponse invoke(
                BoundService service, Invocation<I, O> invocation, WireRequest verified, Caller identity) {
            Operation<I, O> operation = invocation.operation();
            I input = service.protocol().read(invocation, verified);
            checkRules(service, operation.name(), input);
            Gate.Origin origin =
                    new Gate.Origin(address, request.header("user-agent").orElse(""));
            Call call = new Call(identity, requestId, verified.body(), origin, gate);
            for (Access.Question question : operation.access().of(input, identity)) {
                ask(service, question.of(operation.action(), input), call);
            }
            Reply<O> reply = interceptor.around(operation.action(), input, identity, () -> operation
                    .handler()
                    .handle(input, call));
            return service.protocol().write(invocation, reply, requestId);
        }

        private void checkRules(BoundService service, String operation, AwsRequest input) {
            List<Violation> violations = Constraints.standard()
                    .of(service.model().signingName(), operation)
                    .check(input, service.protocol().naming());
            if (!violations.isEmpty()) {
                throw service.protocol().invalid(violations);
            }
        }

        private static void ask(BoundService service, Access.Question question, Call call) {
            switch (call.ask(question)) {
                case Gate.Decision.Allowed allowed -> {}
                case Gate.Decision.Denied denied ->
                    throw service.protocol().denied(Objects.requireNonNullElse(question.refusal(), denied.message()));
            }
        }
    }
}
