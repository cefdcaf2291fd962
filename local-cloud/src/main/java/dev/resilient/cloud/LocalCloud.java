package dev.resilient.cloud;

import dev.resilient.cloud.autoscaling.AutoScaling;
import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Closing;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.dynamodb.DynamoDb;
import dev.resilient.cloud.ec2.Ec2;
import dev.resilient.cloud.elb.Elb;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.fault.Faults;
import dev.resilient.cloud.iam.Iam;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.Administrator;
import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.cloud.realism.Day;
import dev.resilient.cloud.s3.S3;
import dev.resilient.cloud.ssm.Ssm;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.cloud.sts.RoleSessions;
import dev.resilient.cloud.sts.Sts;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.AnsweredCall;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.endpoint.AwsEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An AWS-compatible cloud of one account and one region in this JVM, behind one endpoint. Its instances are processes of the
 * operating system and its load balancers listen on real sockets, all on loopback addresses.
 *
 * <p>Started by {@link LocalCloudBuilder#start}, ended for good by {@link #close}, which also ends every instance. Thread-safe.
 */
public final class LocalCloud implements AutoCloseable {
    /** The file in the data folder that a {@link LocalCloudBuilder#lasting} cloud keeps its resources in. */
    public static final String RESOURCES = "resources";

    /** Another one for each version that keeps a resource otherwise than the one before. */
    private static final String FORM_OF_DATA = "2026-11-28";

    /** EC2 gives an instance credentials that work for six hours. */
    private static final Duration INSTANCE_SESSION = Duration.ofHours(6);

    /** A server is given time to finish what it has in flight, and to write an ahead-of-time cache if it was told to. */
    private static final Duration PATIENCE_WITH_INSTANCES = Duration.ofSeconds(30);

    private final CloudEvents events = new CloudEvents();
    private final Closing closing = new Closing();
    private final TimeSource time;
    private final AdministratorKey administrator;
    private final List<AwsService> services;
    private final URI endpoint;

    LocalCloud(LocalCloudBuilder settings) {
        this.time = settings.time;
        try {
            closing.with(events.subscribe(new CloudLog()));
            Account account = Account.inRegion(settings.region);
            Pace pace = new Pace(settings.pace);
            Ids ids = new Ids(settings.random);
            Day day = settings.day();
            ResourceStore store = closing.with(settings.store(day.hindsight()));
            requireOwn(store.map("cloud"), account.region());
            CloudContext context = new CloudContext(account, pace, time, ids, events, store, day.realism());

            AccessKeys keys = new AccessKeys(context);
            Caller owner = Administrator.of(account);
            AccessKey key = keys.longTermOf(owner);
            this.administrator = new AdministratorKey(key.id(), key.secret());
            Iam iam = new Iam(context, keys, owner);
            ResourcesOfServices resources = new ResourcesOfServices();
            Authorizer authorizer = new Authorizer(context, keys, iam.principals(), resources);
            RolesAsSeen rolesInSts = new RolesAsSeen(iam.roles(), "sts", day.realism());
            RolesAsSeen rolesInEc2 = new RolesAsSeen(iam.roles(), "ec2", day.realism());
            RoleSessions sessions = new RoleSessions(account, rolesInEc2, keys, time, INSTANCE_SESSION);

            EndpointVariable endpointVariable = new EndpointVariable(settings.instanceEnvironment);
            Ec2 ec2 = closing.with(new Ec2(
                    context,
                    settings.random,
                    new Ec2.Settings(settings.data, settings.javaHome, endpointVariable, PATIENCE_WITH_INSTANCES),
                    new Ec2.Identity(rolesInEc2, sessions::ofInstance)));
            S3 s3 = new S3(context, settings.data);
            Elb elb = closing.with(new Elb(context, settings.random, new BalancersInEc2(ec2), new LogsInS3(s3)));
            ec2.securityGroups().usedBy(elb::usesSecurityGroup);
            AutoScaling autoScaling =
                    closing.with(new AutoScaling(context, new FleetOfInstances(ec2), new GroupsBehindBalancers(elb)));
            Ssm ssm = closing.with(new Ssm(
                    context,
                    PublicImages.of(account),
                    new AgentsOfInstances(account, ec2.instances(), sessions, authorizer),
                    Faults::check));
            Faults faults = new Faults(ssm::value, time, settings.random);
            this.services = List.of(
                    ec2,
                    autoScaling,
                    elb,
                    iam,
                    new Sts(rolesInSts, sessions, keys, authorizer),
                    ssm,
                    new DynamoDb(context),
                    s3);
            resources.join(services);
            Gate gate = new GateAsSeen(authorizer, day.realism());
            AwsEndpoint started = closing.with(AwsEndpoint.builder(time, gate, account.region())
                    .services(services)
                    .listenOn(settings.address, settings.port)
                    .random(settings.random)
                    .interceptor(day.calls().before(faults))
                    .listener(this::publish)
                    .start());
            this.endpoint = started.uri();
            endpointVariable.set(endpoint);
            autoScaling.start();
            day.begin();
        } catch (RuntimeException failure) {
            closing.afterFailure(failure);
            throw failure;
        }
    }

    /** Ids and ARNs have the region in them, so that a cloud never moves; and what another version kept may mean something else. */
    private static void requireOwn(ResourceMap<String> facts, String region) {
        if (facts.create("region", region)) {
            facts.create("form", FORM_OF_DATA);
        }
        if (facts.find("region").filter(region::equals).isEmpty()) {
            throw new IllegalStateException("is in " + facts.find("region").orElse("no region") + ", not in " + region);
        }
        if (facts.find("form").filter(FORM_OF_DATA::equals).isEmpty()) {
            throw new IllegalStateException("was kept by another version of this program, in another form");
        }
    }

    /** Settings of a cloud. */
    public static LocalCloudBuilder builder() {
        return new LocalCloudBuilder();
    }

    /** Where every service answers. */
    public URI endpoint() {
        return endpoint;
    }

    /** The key of the account's administrator. */
    public AdministratorKey administrator() {
        return administrator;
    }

    /** What it consists of. */
    List<AwsService> services() {
        return services;
    }

    /** What happens in the cloud. */
    public CloudEvents events() {
        return events;
    }

    /** Stops answering, ends load balancers and instances, and returns when nothing of them runs any more. */
    @Override
    public void close() {
        closing.close();
    }

    private void publish(AnsweredCall call) {
        events.publish(
                new CloudEvent.CallAnswered(time.instant(), call.caller(), call.action(), call.status(), call.error()));
    }

    /** What every instance finds in its environment: the given variables, and where the cloud is, once it is known. */
    private static final class EndpointVariable implements Supplier<Map<String, String>> {
        private final Supplier<Map<String, String>> given;
        private volatile String endpoint = "";

        EndpointVariable(Supplier<Map<String, String>> given) {
            this.given = given;
        }

        void set(URI uri) {
            endpoint = uri.toString();
        }

        @Override
        public Map<String, String> get() {
            Map<String, String> variables = new HashMap<>(given.get());
            variables.put("AWS_ENDPOINT_URL", endpoint);
            return variables;
        }
    }
}
