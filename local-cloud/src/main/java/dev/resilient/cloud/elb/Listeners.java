package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;

/** Creates, changes, shows and deletes HTTP listeners. */
final class Listeners {
    private static final SupportedMembers CREATE =
            SupportedMembers.of("LoadBalancerArn Protocol Port DefaultActions Tags");
    private static final SupportedMembers MODIFY = SupportedMembers.of("ListenerArn Port Protocol DefaultActions");

    private final CloudContext cloud;
    private final Stores stores;
    private final DataPlane dataPlane;
    private final ActionRules actions;

    Listeners(CloudContext cloud, Stores stores, DataPlane dataPlane) {
        this.cloud = cloud;
        this.stores = stores;
        this.dataPlane = dataPlane;
        this.actions = new ActionRules(stores, dataPlane);
    }

    void register(OperationRegistry operations) {
        operations.on(CreateListenerRequest.class, Access.named("LoadBalancerArn"), stores.alone(this::create));
        operations.on(ModifyListenerRequest.class, Access.named("ListenerArn"), stores.alone(this::modify));
        operations.on(DescribeListenersRequest.class, this::describe);
        operations.on(DeleteListenerRequest.class, Access.named("ListenerArn"), stores.alone(this::delete));
    }

    private CreateListenerResponse create(CreateListenerRequest request) {
        CREATE.check(request);
        Map<String, String> tags = Tags.read(request.tags());
        LoadBalancerRecord owner = stores.loadBalancer(request.loadBalancerArn());
        if (request.port() == null || request.protocol() == null) {
            throw Errors.validation("A listener protocol and a port must be specified");
        }
        checkProtocol(request.protocolAsString());
        String arn = new Arns(cloud).listener(owner.arn());
        ListenerAction action = actions.read(owner.arn(), arn, request.defaultActions());
        return CreateListenerResponse.builder()
                .listeners(Views.of(onPort(owner, request.port())
                        .map(existing -> unchanged(existing, action))
                        .orElseGet(() -> open(owner, arn, request.port(), action, tags))))
                .build();
    }

    private ListenerRecord open(
            LoadBalancerRecord owner, String arn, int port, ListenerAction action, Map<String, String> tags) {
        Quota.LISTENERS.check(stores.listenersOf(owner.arn()).size() + 1);
        ListenerRecord record = new ListenerRecord(arn, owner.arn(), port, new Arns(cloud).rule(arn), action, Map.of());
        dataPlane.listen(owner, record);
        stores.listeners().put(record.arn(), record);
        stores.tags().add(record.arn(), tags);
        record.action().targetGroups().forEach(dataPlane::follow);
        return record;
    }

    private static void checkProtocol(@Nullable String protocol) {
        if (protocol != null && !protocol.equals("HTTP")) {
            throw ServiceError.badRequest(
                    "UnsupportedProtocol", "The listener protocol '" + protocol + "' is not supported by this cloud");
        }
    }

    private Optional<ListenerRecord> onPort(LoadBalancerRecord owner, int port) {
        return stores.listenersOf(owner.arn()).stream()
                .filter(listener -> listener.port() == port)
                .findFirst();
    }

    /** The same listener can be created again. */
    private static ListenerRecord unchanged(ListenerRecord existing, ListenerAction action) {
        refuseIf(!existing.action().equals(action), () -> duplicate(existing));
        return existing;
    }

    private static ServiceError duplicate(ListenerRecord existing) {
        return ServiceError.badRequest(
                "DuplicateListener",
                "A listener already exists on this port for this load balancer '" + existing.loadBalancerArn() + "'");
    }

    private ModifyListenerResponse modify(ModifyListenerRequest request) {
        MODIFY.check(request);
        ListenerRecord before = stores.listener(request.listenerArn());
        LoadBalancerRecord owner = stores.loadBalancer(before.loadBalancerArn());
        checkProtocol(request.protocolAsString());
        ListenerRecord after = before.with(
                request.port() == null ? before.port() : request.port(),
                request.defaultActions().isEmpty()
                        ? before.action()
                        : actions.read(owner.arn(), before.arn(), request.defaultActions()));
        if (after.port() == before.port()) {
            dataPlane.act(after);
        } else {
            onPort(owner, after.port()).ifPresent(other -> {
                throw duplicate(other);
            });
            dataPlane.listen(owner, after);
        }
        stores.listeners().update(after.arn(), same -> after);
        before.action().targetGroups().forEach(dataPlane::follow);
        after.action().targetGroups().forEach(dataPlane::follow);
        return ModifyListenerResponse.builder().listeners(Views.of(after)).build();
    }

    private DescribeListenersResponse describe(DescribeListenersRequest request) {
        request.listenerArns().forEach(stores::listener);
        if (request.loadBalancerArn() != null) {
            stores.loadBalancer(request.loadBalancerArn());
        } else if (request.listenerArns().isEmpty()) {
            throw Errors.validation("You must specify either listener ARNs or a load balancer ARN");
        }
        List<ListenerRecord> selected = stores.listeners().list().stream()
                .filter(listener -> request.loadBalancerArn() == null
                        || listener.loadBalancerArn().equals(request.loadBalancerArn()))
                .filter(listener -> request.listenerArns().isEmpty()
                        || request.listenerArns().contains(listener.arn()))
                .toList();
        return Elb.PAGES.answer(request, DescribeListenersResponse.builder(), selected, ListenerRecord::arn, Views::of);
    }

    private DeleteListenerResponse delete(DeleteListenerRequest request) {
        ListenerRecord deleted = stores.listener(request.listenerArn());
        Set<String> targetGroups = stores.remove(deleted);
        dataPlane.close(deleted);
        targetGroups.forEach(dataPlane::follow);
        return DeleteListenerResponse.builder().build();
    }
}
