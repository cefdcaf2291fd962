package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/** An Auto Scaling service over a fleet and target groups that tests hold in their hands, with a clock that they move. */
final class Region implements AutoCloseable {
    static final String GROUP = "web";

    final ManualTime time = new ManualTime();
    final CloudEvents events = new CloudEvents();
    final FakeFleet fleet = new FakeFleet();
    final FakeTargetGroups targetGroups = new FakeTargetGroups();
    final AutoScaling service;
    private final OperationRegistry operations = new OperationRegistry("autoscaling");

    Region() {
        this(ResourceStore.inMemory());
    }

    /** With what an earlier one has left in the store; instances are gone, as those of a cloud that has ended. */
    Region(ResourceStore store) {
        service = new AutoScaling(
                new CloudContext(
                        Account.inRegion("us-west-2"),
                        Pace.REAL,
                        time,
                        new Ids(RandomGenerator.of("L64X128MixRandom")),
                        events,
                        store),
                fleet,
                targetGroups);
        service.register(operations);
    }

    /** Calls the handler of this request's operation. */
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

    /** A request for three instances over three zones, which tests make their own. */
    static CreateAutoScalingGroupRequest.Builder threeOverThreeZones() {
        return CreateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(GROUP)
                .launchTemplate(LaunchTemplateSpecification.builder()
                        .launchTemplateName(FakeFleet.TEMPLATE)
                        .build())
                .minSize(3)
                .maxSize(3)
                .availabilityZones("us-west-2a", "us-west-2b", "us-west-2c");
    }

    /** Passes until nothing more can happen by itself, with every instance running that was launched. */
    void settle() {
        for (int i = 0; i < 6; i++) {
            pass();
            fleet.runAll();
        }
    }

    void pass() {
        groups().forEach(group -> service.reconciler().pass(group.autoScalingGroupName()));
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    List<AutoScalingGroup> groups() {
        return call(DescribeAutoScalingGroupsRequest.builder().build(), DescribeAutoScalingGroupsResponse.class)
                .autoScalingGroups();
    }

    AutoScalingGroup group() {
        return groups().stream()
                .filter(group -> group.autoScalingGroupName().equals(GROUP))
                .findFirst()
                .orElseThrow();
    }

    List<Instance> instances() {
        return group().instances();
    }

    List<String> states() {
        return instances().stream().map(Instance::lifecycleStateAsString).toList();
    }

    List<Activity> activities() {
        return call(
                        DescribeScalingActivitiesRequest.builder()
                                .includeDeletedGroups(true)
                                .build(),
                        DescribeScalingActivitiesResponse.class)
                .activities();
    }

    /** Of all pages. */
    List<Activity> allActivities() {
        List<Activity> all = new ArrayList<>();
        String token = null;
        do {
            DescribeScalingActivitiesResponse page = call(
                    DescribeScalingActivitiesRequest.builder().nextToken(token).build(),
                    DescribeScalingActivitiesResponse.class);
            all.addAll(page.activities());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    List<String> activitiesIn(String status) {
        return activities().stream()
                .filter(activity -> activity.statusCodeAsString().equals(status))
                .map(Activity::description)
                .toList();
    }

    @Override
    public void close() {
        service.close();
    }
}
