package dev.resilient.cloud.ec2.request;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.store.DryRun;
import dev.resilient.wire.Access;
import dev.resilient.wire.Handler;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;

/**
 * Registers operations of EC2 with what IAM is asked before them. Every operation honours {@code DryRun}: it refuses what it
 * would refuse, and says so where it would begin to change something.
 *
 * @param check what else holds for every operation; throws to refuse a request
 */
public record Registrar(OperationRegistry registry, Account account, Consumer<Ec2Request> check) {

    /** An operation that IAM knows no resource for: one that describes. */
    public <I extends Ec2Request, O extends Ec2Response> void describe(Class<I> type, Function<I, O> operation) {
        on(type, Access.anyResource(), operation);
    }

    /**
     * An operation on resources of one kind.
     *
     * @param kind EC2's name of it: {@code security-group}
     * @param member of the request, with one id or several; a request without one is asked about any resource of the kind
     */
    public <I extends Ec2Request, O extends Ec2Response> void on(
            String kind, String member, Class<I> type, Function<I, O> operation) {
        on(type, resources(kind, member), operation);
    }

    /** An operation that asks IAM something of its own. */
    public <I extends Ec2Request, O extends Ec2Response> void on(
            Class<I> type, Access<? super I> access, Function<I, O> operation) {
        onCall(type, access, (request, call) -> operation.apply(request));
    }

    /** As {@link #on(Class, Access, Function)}, for an operation that has to know who calls. */
    public <I extends Ec2Request, O extends Ec2Response> void onCall(
            Class<I> type, Access<? super I> access, Handler<I, O> operation) {
        registry.<I, O>register(type, access, (request, call) -> {
            check.accept(request);
            if (request.getValueForField("DryRun", Boolean.class).orElse(false)) {
                DryRun.of(() -> operation.handle(request, call));
                throw new ServiceError("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
            }
            return operation.handle(request, call);
        });
    }

    /** The question for the operation's own action on any resource of a kind, for operations that create one. */
    public <I extends Ec2Request> Access<I> any(String kind) {
        return Access.resource(request -> account.arn("ec2", kind + "/*"));
    }

    /** The question for the operation's own action on the resources that {@code member} names. */
    public Access<AwsRequest> resources(String kind, String member) {
        return Access.named(member, id -> account.arn("ec2", kind + "/" + id));
    }

    /**
     * The question for the operation's own action on the resource that a request names, in one of two ways; on any resource of the
     * kind if it names none that is there.
     *
     * @param member in which it is named as its ARN does
     * @param other in which it is named otherwise
     * @param resolve what the ARN calls it
     */
    public Access<AwsRequest> resource(
            String kind, String member, String other, Function<String, Optional<String>> resolve) {
        return Access.resource(request -> Members.get(request, member, String.class)
                .or(() -> Members.get(request, other, String.class).flatMap(resolve))
                .map(name -> account.arn("ec2", kind + "/" + name))
                .orElseGet(() -> account.arn("ec2", kind + "/*")));
    }
}
