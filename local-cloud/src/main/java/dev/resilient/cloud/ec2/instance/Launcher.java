package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.instance.LaunchPlanner.Plan;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.store.DryRun;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Makes as many instances of a request as there is room for. Thread-safe. */
record Launcher(CloudContext cloud, InstanceTable table, LaunchPlanner planner, Network network) {
    /**
     * Makes instances, each with an address of its own.
     *
     * @param add adds each of them, with its tags
     * @return their ids
     * @throws ServiceError if the request is wrong, or there is no room; nothing has been added then
     */
    List<String> launch(RunInstancesRequest request, BiConsumer<LaunchedInstance, List<Tag>> add) {
        return launch(planner.plan(request), add);
    }

    /** One launch after the other counts what there is and adds to it. */
    private synchronized List<String> launch(Plan plan, BiConsumer<LaunchedInstance, List<Tag>> add) {
        int existing = (int) table.list().stream()
                .filter(instance -> instance.state() != InstanceStateName.TERMINATED)
                .count();
        int minimum = plan.request().minCount();
        int granted = InstanceLimit.grant(existing, minimum, plan.request().maxCount());
        DryRun.endHere();
        String reservationId = cloud.ids().resource("r");
        List<String> launched = new ArrayList<>();
        for (String address : allocate(plan, minimum, granted)) {
            LaunchedInstance instance = instance(plan, reservationId, launched.size(), address);
            add.accept(instance, plan.tags());
            launched.add(instance.id());
        }
        return List.copyOf(launched);
    }

    /** As many addresses as there are, up to the maximum; none at all if that is less than the minimum. */
    private List<String> allocate(Plan plan, int minimum, int maximum) {
        List<String> addresses = new ArrayList<>();
        try {
            while (addresses.size() < maximum) {
                addresses.add(network.allocateAddress(plan.model().subnetId()));
            }
        } catch (ServiceError exhausted) {
            if (addresses.size() < minimum) {
                addresses.forEach(network::releaseAddress);
                throw exhausted;
            }
        }
        return addresses;
    }

    private LaunchedInstance instance(Plan plan, String reservationId, int index, String address) {
        Instant now = cloud.time().instant();
        Instance shown = plan.model().toBuilder()
                .instanceId(cloud.ids().resource("i"))
                .amiLaunchIndex(index)
                .launchTime(now)
                .privateIpAddress(address)
                .publicIpAddress(address)
                .privateDnsName(network.hostname(address))
                .build();
        InstanceNetworkInterface networkInterface = Members.copy(shown, InstanceNetworkInterface.builder())
                .networkInterfaceId(cloud.ids().resource("eni"))
                .macAddress("02:" + String.join(":", cloud.ids().hex(10).split("(?<=\\G..)")))
                .ownerId(cloud.account().id())
                .groups(shown.securityGroups())
                .status(NetworkInterfaceStatus.IN_USE)
                .interfaceType("interface")
                .build();
        return new LaunchedInstance(
                shown.toBuilder().networkInterfaces(networkInterface).build(),
                reservationId,
                plan.request(),
                null,
                now);
    }
}
