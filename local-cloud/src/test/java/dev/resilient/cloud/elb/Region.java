package dev.resilient.cloud.elb;

import com.sun.net.httpserver.HttpServer;
import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.dataplane.LogBuckets;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Load balancing over a network that tests hold in their hands and instances that are real HTTP servers on addresses of their
 * own. A hundred times as fast as AWS where it waits; the provisioning of load balancers ends when a test says so.
 */
final class Region implements Neighbours, AutoCloseable {
    static final String VPC = "vpc-1";
    static final String GROUP = "sg-1";
    private static final String INSTANCE_GROUP = "sg-2";

    final ManualTime time = new ManualTime();
    final CloudEvents events = new CloudEvents();
    final List<CloudEvent.TargetHealthChanged> healthEvents = new CopyOnWriteArrayList<>();
    final List<String> released = new CopyOnWriteArrayList<>();
    final int port;
    volatile boolean admitting = true;
    volatile boolean instancesAdmitting = true;
    final Elb service;
    /** Objects by bucket and key; there is one bucket. */
    final Map<String, byte[]> logged = new ConcurrentHashMap<>();

    private final LogBuckets logBuckets = new LogBuckets() {
        @Override
        public boolean admits(String bucket) {
            return bucket.equals("logs");
        }

        @Override
        public void put(String bucket, String key, byte[] content) {
            logged.put(bucket + "/" + key, content);
        }
    };
    private final OperationRegistry operations = new OperationRegistry("elasticloadbalancing");
    private final Map<String, Instance> instances = new ConcurrentHashMap<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final AtomicInteger addresses = new AtomicInteger(10);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Region() {
        this(ResourceStore.inMemory(), freePort());
    }

    /** A region that takes up what an earlier one left in the store, on its port. */
    Region(ResourceStore store, int port) {
        this.port = port;
        service = new Elb(
                new CloudContext(
                        Account.inRegion("us-west-2"),
                        new Pace(100),
                        time,
                        new Ids(RandomGenerator.of("L64X128MixRandom")),
                        events,
                        store),
                new Random(),
                this,
                logBuckets);
        service.register(operations);
        events.subscribe(event -> {
            if (event instanceof CloudEvent.TargetHealthChanged changed) {
                healthEvents.add(changed);
            }
        });
    }

    <O extends AwsResponse> O call(AwsRequest request, Class<O> answer) {
        String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
        return answer.cast(handle(operations.find(name).orElseThrow(), request));
    }

    void call(AwsRequest request) {
        call(request, AwsResponse.class);
    }

    @SuppressWarnings("unchecked") // the operation was found by the request's own class
    private static <I extends AwsRequest> AwsResponse handle(Operation<I, ?> operation, AwsRequest request) {
        Caller caller = new Caller("123456789012", "arn:aws:iam::123456789012:user/tester", "AIDATESTER");
        return operation
                .handler()
                .handle((I) request, new Call(caller, "request", new byte[0], Gate.Origin.NONE, new OpenGate()))
                .response();
    }

    /** A running instance whose server answers with its id, on the region's port; {@code status} may change any time. */
    AtomicInteger launch(String id, String zone) throws IOException {
        AtomicInteger status = new AtomicInteger(200);
        String address = allocateAddress("subnet-" + zone.charAt(zone.length() - 1));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.createContext("/", exchange -> {
            byte[] body = id.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        instances.put(
                id,
                Instance.builder()
                        .privateIpAddress(address)
                        .placement(placement -> placement.availabilityZone(zone))
                        .vpcId(VPC)
                        .state(state -> state.name(InstanceStateName.RUNNING))
                        .securityGroups(GroupIdentifier.builder()
                                .groupId(INSTANCE_GROUP)
                                .build())
                        .build());
        return status;
    }

    /** What EC2 says about an instance from now on. */
    void becomes(String id, InstanceStateName name) {
        instances.computeIfPresent(id, (same, before) -> before.copy(after -> after.state(state -> state.name(name))));
        events.publish(new CloudEvent.InstanceStateChanged(time.instant(), id, "running", "other"));
    }

    CreateTargetGroupRequest.Builder targetGroupRequest() {
        return CreateTargetGroupRequest.builder()
                .name("web")
                .protocol("HTTP")
                .port(port)
                .vpcId(VPC)
                .healthCheckPath("/healthcheck")
                .healthCheckIntervalSeconds(10)
                .healthyThresholdCount(2)
                .unhealthyThresholdCount(2);
    }

    String targetGroup() {
        return call(targetGroupRequest().build(), CreateTargetGroupResponse.class)
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    static CreateLoadBalancerRequest.Builder loadBalancerRequest() {
        return CreateLoadBalancerRequest.builder()
                .name("front")
                .subnets("subnet-a", "subnet-b")
                .securityGroups(GROUP);
    }

    LoadBalancer loadBalancer() {
        return call(loadBalancerRequest().build(), CreateLoadBalancerResponse.class)
                .loadBalancers()
                .getFirst();
    }

    /** An active load balancer in front of a target group; returns where it answers. */
    Front front() {
        LoadBalancer loadBalancer = loadBalancer();
        String targetGroup = targetGroup();
        String listener = call(
                        forward(loadBalancer.loadBalancerArn(), targetGroup).build(), CreateListenerResponse.class)
                .listeners()
                .getFirst()
                .listenerArn();
        time.advance(Duration.ofSeconds(1));
        return new Front(loadBalancer.loadBalancerArn(), targetGroup, listener, loadBalancer.dnsName());
    }

    record Front(String loadBalancer, String targetGroup, String listener, String address) {}

    CreateListenerRequest.Builder forward(String loadBalancerArn, String targetGroupArn) {
        return CreateListenerRequest.builder()
                .loadBalancerArn(loadBalancerArn)
                .protocol("HTTP")
                .port(port)
                .defaultActions(Action.builder()
                        .type("forward")
                        .targetGroupArn(targetGroupArn)
                        .build());
    }

    void register(String targetGroup, String... ids) {
        call(RegisterTargetsRequest.builder()
                .targetGroupArn(targetGroup)
                .targets(List.of(ids).stream()
                        .map(id -> TargetDescription.builder().id(id).build())
                        .toList())
                .build());
    }

    List<TargetHealthDescription> health(String targetGroup) {
        return call(
                        DescribeTargetHealthRequest.builder()
                                .targetGroupArn(targetGroup)
                                .build(),
                        DescribeTargetHealthResponse.class)
                .targetHealthDescriptions();
    }

    /** {@code ID STATE REASON}, one for each target. */
    List<String> healthWords(String targetGroup) {
        return health(targetGroup).stream()
                .map(each -> each.target().id() + " " + each.targetHealth().stateAsString()
                        + (each.targetHealth().reason() == null
                                ? ""
                                : " " + each.targetHealth().reasonAsString()))
                .toList();
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return get(address, "/");
    }

    HttpResponse<String> get(String address, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The body of a response, on a connection that nobody has used before. */
    String getOnNewConnection(String address) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(address), port)) {
            socket.setSoTimeout(10_000);
            String request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return response.substring(response.indexOf("\r\n\r\n") + 4);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<Instance> findInstance(String instanceId) {
        return Optional.ofNullable(instances.get(instanceId));
    }

    @Override
    public Optional<Subnet> findSubnet(String subnetId) {
        return subnetId.matches("subnet-[a-d]")
                ? Optional.of(Subnet.builder()
                        .subnetId(subnetId)
                        .availabilityZone("us-west-2" + subnetId.charAt(7))
                        .vpcId(VPC)
                        .build())
                : Optional.empty();
    }

    @Override
    public boolean hasVpc(String vpcId) {
        return vpcId.equals(VPC);
    }

    @Override
    public String allocateAddress(String subnetId) {
        return "127.77.0." + addresses.incrementAndGet();
    }

    @Override
    public String reclaimAddress(String subnetId, String address) {
        return address;
    }

    @Override
    public void releaseAddress(String address) {
        released.add(address);
    }

    @Override
    public boolean allows(
            Collection<String> groupIds, int toPort, InetAddress source, Collection<String> sourceGroupIds) {
        if (groupIds.contains(INSTANCE_GROUP)) {
            return instancesAdmitting && toPort == port && sourceGroupIds.contains(GROUP);
        }
        return admitting && groupIds.contains(GROUP) && toPort == port && source.isLoopbackAddress();
    }

    @Override
    public boolean hasSecurityGroup(String groupId) {
        return groupId.equals(GROUP) || groupId.equals("sg-default");
    }

    @Override
    public String defaultSecurityGroup(String vpcId) {
        return "sg-default";
    }

    @Override
    public void close() {
        client.close();
        service.close();
        servers.forEach(server -> server.stop(0));
    }
}
