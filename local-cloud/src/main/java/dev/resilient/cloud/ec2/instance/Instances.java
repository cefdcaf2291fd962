package dev.resilient.cloud.ec2.instance;

import static dev.resilient.wire.ServiceError.refuseIf;
import static software.amazon.awssdk.services.ec2.model.InstanceStateName.PENDING;
import static software.amazon.awssdk.services.ec2.model.InstanceStateName.RUNNING;
import static software.amazon.awssdk.services.ec2.model.InstanceStateName.SHUTTING_DOWN;
import static software.amazon.awssdk.services.ec2.model.InstanceStateName.STOPPED;
import static software.amazon.awssdk.services.ec2.model.InstanceStateName.STOPPING;
import static software.amazon.awssdk.services.ec2.model.InstanceStateName.TERMINATED;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.request.ClientTokens;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.store.DryRun;
import dev.resilient.process.Agent;
import dev.resilient.process.Host;
import dev.resilient.process.UserData;
import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * The instances of the account, as the API and the services built on EC2 use them. An operation that names several instances
 * affects all of them, or none if one cannot be affected. Thread-safe.
 */
public final class Instances implements AutoCloseable {
    private static final String KIND = "instance";
    private static final String ID = "InstanceId";
    private static final String IDS = "InstanceIds";
    private static final Logger log = LoggerFactory.getLogger(Instances.class);

    /** How many instances the account can have. */
    public static final int LIMIT = InstanceLimit.MOST;

    private final CloudContext cloud;
    private final Neighbours neighbours;
    private final Host host;
    private final InstanceTable table;
    private final ProfileAssociations profiles;
    private final InstanceDescriptions descriptions;
    private final LaunchPlanner planner;
    private final Launcher launcher;
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();
    private final ClientTokens<List<String>> tokens = new ClientTokens<>();

    /** No instances yet. */
    public Instances(CloudContext cloud, Neighbours neighbours, Host host) {
        this.cloud = cloud;
        this.neighbours = neighbours;
        this.host = host;
        table = new InstanceTable(cloud);
        profiles = new ProfileAssociations(cloud, table, neighbours.roles());
        descriptions = new InstanceDescriptions(cloud.account(), table, neighbours.tags());
        planner = new LaunchPlanner(cloud.account(), neighbours, profiles);
        launcher = new Launcher(cloud, table, planner, neighbours.network());
        neighbours.tags().register("i-", "instance", table::get);
        neighbours.groups().usedBy(this::useSecurityGroup);
    }

    /** Registers every operation on instances and on what each of them has. */
    public void register(Registrar registrar) {
        InstanceAttributes attributes = new InstanceAttributes(table, neighbours.groups());
        registrar.on(RunInstancesRequest.class, access(), this::run);
        registrar.on(KIND, IDS, TerminateInstancesRequest.class, this::terminate);
        registrar.on(KIND, IDS, StopInstancesRequest.class, this::stop);
        registrar.on(KIND, IDS, StartInstancesRequest.class, this::start);
        registrar.on(KIND, IDS, RebootInstancesRequest.class, this::reboot);
        registrar.on(KIND, ID, GetConsoleOutputRequest.class, this::console);
        registrar.on(KIND, ID, DescribeInstanceAttributeRequest.class, attributes::describe);
        registrar.on(KIND, ID, ModifyInstanceAttributeRequest.class, attributes::modify);
        registrar.on(KIND, ID, ModifyInstanceMetadataOptionsRequest.class, new MetadataOptions(table)::modify);
        registrar.describe(DescribeInstancesRequest.class, this::describe);
        registrar.describe(DescribeInstanceStatusRequest.class, this::describeStatus);
        profiles.register(registrar);
    }

    /**
     * Launches instances, each with an address and a process tree of its own. They are {@code pending} when this returns. A
     * launch template may give any parameter that the request does not; tags of both add up. A request that comes again with
     * the same client token launches nothing more.
     *
     * @throws ServiceError in EC2's words if the request is wrong; nothing has been launched then
     */
    public RunInstancesResponse run(RunInstancesRequest request) {
        removeLapsed();
        List<String> launched = tokens.once(request.clientToken(), request, () -> launcher.launch(request, this::add));
        return Members.copy(
                        descriptions.reservation(
                                launched.stream().map(table::get).toList()),
                        RunInstancesResponse.builder())
                .build();
    }

    /** What IAM is asked before {@link #run}. */
    public Access<RunInstancesRequest> access() {
        return planner.access();
    }

    /** Launches nothing, and throws what {@link #run} would throw because of the request itself. */
    public void check(RunInstancesRequest request) {
        planner.plan(request);
    }

    /**
     * Begins to end instances for good; they are {@code shutting-down} when this returns. Those that are ending already stay
     * as they are.
     *
     * @throws ServiceError {@code InvalidInstanceID.NotFound} or {@code OperationNotPermitted}
     */
    public TerminateInstancesResponse terminate(TerminateInstancesRequest request) {
        List<LaunchedInstance> instances = table.getAll(request.instanceIds());
        instances.forEach(InstanceAttributes::requireUnprotected);
        return TerminateInstancesResponse.builder()
                .terminatingInstances(change(instances, SHUTTING_DOWN, Reason.USER_REQUEST))
                .build();
    }

    /** The instance with this id, a terminated one included for an hour. */
    public Optional<Instance> find(String instanceId) {
        return table.find(instanceId).map(descriptions::show);
    }

    /** Every instance, those that were terminated within the last hour included. */
    public List<Instance> list() {
        return table.list().stream().map(descriptions::show).toList();
    }

    /** What runs scripts on an instance from outside; empty if there is no such instance. */
    public Optional<Agent> agent(String instanceId) {
        return Optional.ofNullable(machines.get(instanceId)).map(Machine::agent);
    }

    StopInstancesResponse stop(StopInstancesRequest request) {
        List<LaunchedInstance> instances = require(request.instanceIds(), "stopped", RUNNING, STOPPING, STOPPED);
        return StopInstancesResponse.builder()
                .stoppingInstances(change(instances, STOPPING, Reason.USER_REQUEST))
                .build();
    }

    StartInstancesResponse start(StartInstancesRequest request) {
        List<LaunchedInstance> instances = require(request.instanceIds(), "started", STOPPED, PENDING, RUNNING);
        return StartInstancesResponse.builder()
                .startingInstances(change(instances, PENDING, null))
                .build();
    }

    /** Same id, address and files, new processes. What runs then is decided by {@link UserData#always}. */
    RebootInstancesResponse reboot(RebootInstancesRequest request) {
        List<LaunchedInstance> instances = require(request.instanceIds(), "rebooted", RUNNING);
        DryRun.endHere();
        instances.forEach(instance -> machine(instance).reboot());
        return RebootInstancesResponse.builder().build();
    }

    GetConsoleOutputResponse console(GetConsoleOutputRequest request) {
        LaunchedInstance instance = table.get(request.instanceId());
        return GetConsoleOutputResponse.builder()
                .instanceId(instance.id())
                .timestamp(cloud.time().instant())
                .output(Base64.getEncoder().encodeToString(machine(instance).console()))
                .build();
    }

    DescribeInstancesResponse describe(DescribeInstancesRequest request) {
        removeLapsed();
        return descriptions.describe(request);
    }

    DescribeInstanceStatusResponse describeStatus(DescribeInstanceStatusRequest request) {
        removeLapsed();
        return descriptions.status(request);
    }

    /** Forgets instances that were terminated an hour ago. */
    private void removeLapsed() {
        for (LaunchedInstance instance : table.removeLapsed()) {
            machines.remove(instance.id());
            neighbours.tags().remove(instance.id());
        }
    }

    /** Ends every instance and waits until none has left anything. */
    @Override
    public void close() {
        change(table.list(), SHUTTING_DOWN, Reason.SERVER_ERROR);
        machines.forEach(this::awaitEnd);
    }

    private void awaitEnd(String id, Machine machine) {
        try {
            Duration limit = host.patience().multipliedBy(3);
            if (!machine.awaitEnd(limit)) {
                log.error("{} has not ended within {}", id, limit);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A terminated instance has none any more. */
    private boolean useSecurityGroup(String groupId) {
        return table.list().stream()
                .anyMatch(instance -> instance.securityGroupIds().contains(groupId));
    }

    private void add(LaunchedInstance instance, List<Tag> tags) {
        String id = instance.id();
        IamInstanceProfile profile = instance.shown().iamInstanceProfile();
        neighbours.tags().add(id, tags);
        Machine machine = new Machine(id, host, table, new Surroundings(cloud, neighbours, table));
        // Whoever sees the instance must find its machine.
        machines.put(id, machine);
        table.add(profile == null ? instance : instance.with(profiles.associate(id, profile)));
        machine.start();
    }

    private List<InstanceStateChange> change(
            List<LaunchedInstance> instances, InstanceStateName to, @Nullable Reason reason) {
        return instances.stream().map(instance -> change(instance, to, reason)).toList();
    }

    /** Brings an instance into a state where there is an edge to it, and orders what follows; otherwise leaves it as it is. */
    private InstanceStateChange change(LaunchedInstance instance, InstanceStateName to, @Nullable Reason reason) {
        Optional<InstanceStateName> from = table.transition(instance.id(), to, reason);
        if (from.isPresent()) {
            order(machine(instance), to);
        }
        InstanceStateName now =
                table.find(instance.id()).map(LaunchedInstance::state).orElse(to);
        return InstanceStateChange.builder()
                .instanceId(instance.id())
                .previousState(States.of(from.orElse(now)))
                .currentState(States.of(from.isPresent() ? to : now))
                .build();
    }

    private static void order(Machine machine, InstanceStateName to) {
        switch (to) {
            case PENDING -> machine.powerOn();
            case STOPPING -> machine.stop();
            case SHUTTING_DOWN -> machine.terminate();
            case RUNNING, STOPPED, TERMINATED, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("nobody can order " + to);
        }
    }

    private Machine machine(LaunchedInstance instance) {
        return Objects.requireNonNull(machines.get(instance.id()), instance.id());
    }

    private List<LaunchedInstance> require(List<String> ids, String what, InstanceStateName... states) {
        List<LaunchedInstance> instances = table.getAll(ids);
        for (LaunchedInstance instance : instances) {
            refuseIf(
                    !List.of(states).contains(instance.state()),
                    "IncorrectInstanceState",
                    "The instance '" + instance.id() + "' is not in a state from which it can be " + what + ".");
        }
        return instances;
    }
}
