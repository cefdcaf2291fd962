package dev.resilient.cloud.elb.operation;

import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.resource.Arns;
import dev.resilient.cloud.elb.resource.ListenerRecord;
import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.cloud.elb.resource.RuleReader;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.Tags;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Creates, changes, shows and deletes HTTP listeners. */
record Listeners(CloudContext cloud, Stores stores, DataPlane dataPlane, Actions actions) {
    private static final SupportedMembers CREATE =
            SupportedMembers.of("LoadBalancerArn Protocol Port DefaultActions Tags");
    private static final SupportedMembers MODIFY = SupportedMembers.of("ListenerArn Port Protocol DefaultActions");

    void register(OperationRegistry operations) {
        operations.on(CreateListenerRequest.class, Access.named("LoadBalancerArn"), stores.alone(this::create));
        operations.on(ModifyListenerRequest.class, Access.named("ListenerArn"), stores.alone(this::modify));
        operations.on(DescribeListenersRequest.class, this::describe);
        operations.on(DeleteListenerRequest.class, Access.named("ListenerArn"), stores.alone(this::delete));
    }

    private CreateListenerResponse create(CreateListenerRequest request) {
        CREATE.check(request);
        List<Tag> tags = Tags.read(request.tags());
        LoadBalancerRecord owner = stores.loadBalancers().get(request.loadBalancerArn());
        refuseIf(
                request.port() == null || request.protocol() == null,
                VALIDATION,
                "A listener protocol and a port must be specified");
        checkProtocol(request.protocolAsString());
        String arn = new Arns(cloud).listener(owner.arn());
        ListenerRecord wanted = new ListenerRecord(
                Members.copy(request, Listener.builder())
                        .listenerArn(arn)
                        .defaultActions(actions.read(owner.arn(), "", request.defaultActions()))
                        .build(),
                new Arns(cloud).rule(arn),
                Map.of());
        ListenerRecord created = onPort(owner, wanted.port())
                .map(existing -> unchanged(existing, wanted))
                .orElseGet(() -> open(owner, wanted, tags));
        return CreateListenerResponse.builder().listeners(created.shape()).build();
    }

    private ListenerRecord open(LoadBalancerRecord owner, ListenerRecord opened, List<Tag> tags) {
        Quota.LISTENERS.check(stores.listenersOf(owner.arn()).size() + 1);
        dataPlane.listen(owner, opened);
        stores.listeners().all().put(opened.arn(), opened);
        stores.tags().add(opened.arn(), tags);
        follow(opened.shape().defaultActions());
        return opened;
    }

    private void follow(List<Action> concerned) {
        RuleReader.targetGroups(concerned).forEach(dataPlane::follow);
    }

    private static void checkProtocol(@Nullable String protocol) {
        refuseIf(
                protocol != null && !protocol.equals("HTTP"),
                "UnsupportedProtocol",
                "The listener protocol '" + protocol + "' is not supported by this cloud");
    }

    private Optional<ListenerRecord> onPort(LoadBalancerRecord owner, int port) {
        return stores.listenersOf(owner.arn()).stream()
                .filter(listener -> listener.port() == port)
                .findFirst();
    }

    /** The same listener can be created again. */
    private static ListenerRecord unchanged(ListenerRecord existing, ListenerRecord wanted) {
        refuseAnother(
                existing,
                !existing.shape().defaultActions().equals(wanted.shape().defaultActions()));
        return existing;
    }

    private static void refuseAnother(ListenerRecord existing, boolean isAnother) {
        refuseIf(
                isAnother,
                "DuplicateListener",
                "A listener already exists on this port for this load balancer '"
                        + existing.shape().loadBalancerArn() + "'");
    }

    private ModifyListenerResponse modify(ModifyListenerRequest request) {
        MODIFY.check(request);
        ListenerRecord before = stores.listeners().get(request.listenerArn());
        LoadBalancerRecord owner = stores.loadBalancers().get(before.shape().loadBalancerArn());
        checkProtocol(request.protocolAsString());
        List<Action> action = request.defaultActions().isEmpty()
                ? before.shape().defaultActions()
                : actions.read(owner.arn(), before.defaultRuleArn(), request.defaultActions());
        ListenerRecord after = before.withShape(Members.copy(request, before.shape().toBuilder())
                .defaultActions(action)
                .build());
        if (after.port() == before.port()) {
            dataPlane.act(after);
        } else {
            onPort(owner, after.port()).ifPresent(other -> refuseAnother(other, true));
            dataPlane.listen(owner, after);
        }
        stores.listeners().all().update(after.arn(), same -> after);
        follow(before.shape().defaultActions());
        follow(action);
        return ModifyListenerResponse.builder().listeners(after.shape()).build();
    }

    private DescribeListenersResponse describe(DescribeListenersRequest request) {
        String owner = request.loadBalancerArn();
        refuseIf(
                owner == null && request.listenerArns().isEmpty(),
                VALIDATION,
                "You must specify either listener ARNs or a load balancer ARN");
        Optional.ofNullable(owner).ifPresent(stores.loadBalancers()::get);
        List<Listener> selected =
                stores
                        .listeners()
                        .selected(request.listenerArns(), List.of(), _ -> stores.listeners()
                                .missing())
                        .stream()
                        .map(ListenerRecord::shape)
                        .filter(listener ->
                                owner == null || listener.loadBalancerArn().equals(owner))
                        .toList();
        return Stores.PAGES.answer(
                request, DescribeListenersResponse.builder(), selected, Listener::listenerArn, listener -> listener);
    }

    private DeleteListenerResponse delete(DeleteListenerRequest request) {
        ListenerRecord deleted = stores.listeners().get(request.listenerArn());
        Set<String> targetGroups = stores.remove(deleted);
        dataPlane.close(deleted);
        targetGroups.forEach(dataPlane::follow);
        return DeleteListenerResponse.builder().build();
    }
}
