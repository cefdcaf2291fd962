package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Launch;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Place;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Status;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Makes as many instances of a request as there is room for. Thread-safe. */
final class Launcher {
    private final InstanceTable table;
    private final LaunchPlanner planner;
    private final Network network;
    private final Ids ids;
    private final TimeSource time;

    /** One launch after the other counts what there is and adds to it. */
    private final ReentrantLock launching = new ReentrantLock();

    Launcher(InstanceTable table, LaunchPlanner planner, Network network, Ids ids, TimeSource time) {
        this.table = table;
        this.planner = planner;
        this.network = network;
        this.ids = ids;
        this.time = time;
    }

    /**
     * Makes instances, each with an address of its own.
     *
     * @param add adds each of them to the table
     * @return their ids
     * @throws ServiceError if the request is wrong, or there is no room; nothing has been added then
     */
    List<String> launch(RunInstancesRequest request, BiConsumer<LaunchedInstance, LaunchPlan> add) {
        LaunchPlan plan = planner.plan(request);
        launching.lock();
        try {
            int existing = (int) table.list().stream()
                    .filter(instance -> instance.state() != InstanceState.TERMINATED)
                    .count();
            int granted = InstanceLimit.grant(existing, request.minCount(), request.maxCount());
            String reservationId = ids.resource("r");
            List<String> launched = new ArrayList<>();
            for (String address : allocate(plan, request.minCount(), granted)) {
                LaunchedInstance instance = instance(plan, reservationId, launched.size(), address);
                add.accept(instance, plan);
                launched.add(instance.id());
            }
            return List.copyOf(launched);
        } finally {
            launching.unlock();
        }
    }

    /** As many addresses as there are, up to the maximum; none at all if that is less than the minimum. */
    private List<String> allocate(LaunchPlan plan, int minimum, int maximum) {
        List<String> addresses = new ArrayList<>();
        try {
            while (addresses.size() < maximum) {
                addresses.add(network.allocateAddress(plan.subnet().subnetId()));
            }
        } catch (ServiceError exhausted) {
            if (addresses.size() < minimum) {
                addresses.forEach(network::releaseAddress);
                throw exhausted;
            }
        }
        return addresses;
    }

    private LaunchedInstance instance(LaunchPlan plan, String reservationId, int index, String address) {
        Instant now = time.instant();
        String mac = "02:" + String.join(":", ids.hex(10).split("(?<=\\G..)"));
        return new LaunchedInstance(
                ids.resource("i"),
                new Launch(
                        reservationId, index, plan.request(), plan.image(), plan.userData(), plan.securityGroupIds()),
                new Place(
                        plan.subnet().availabilityZone(),
                        plan.subnet().subnetId(),
                        plan.subnet().vpcId(),
                        address,
                        ids.resource("eni"),
                        mac),
                new Status(InstanceState.PENDING, now, now, null),
                MetadataOptions.of(plan.request(), plan.image()));
    }
}
