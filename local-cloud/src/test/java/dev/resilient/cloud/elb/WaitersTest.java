package dev.resilient.cloud.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.NotedWaiter;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.time.SystemTime;
import dev.resilient.wire.endpoint.AwsEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.waiters.ElasticLoadBalancingV2Waiter;

/** The waiters of the SDK's own client end when what they wait for has happened. */
class WaitersTest {
    private final Region region = new Region();
    private final AwsEndpoint endpoint = AwsEndpoint.builder(SystemTime.INSTANCE, new OpenGate(), "us-west-2")
            .services(List.of(region.service))
            .start();
    private final ElasticLoadBalancingV2Client client = ElasticLoadBalancingV2Client.builder()
            .endpointOverride(endpoint.uri())
            .region(software.amazon.awssdk.regions.Region.US_WEST_2)
            .credentialsProvider(OpenGate.CREDENTIALS)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    private final ElasticLoadBalancingV2Waiter all = ElasticLoadBalancingV2Waiter.builder()
            .client(client)
            .overrideConfiguration(NotedWaiter.OFTEN)
            .build();
    private final NotedWaiter<ElasticLoadBalancingV2Waiter> waiters =
            new NotedWaiter<>(ElasticLoadBalancingV2Waiter.class, all);
    private final ElasticLoadBalancingV2Waiter waiter = waiters.noted();

    @AfterEach
    void close() {
        all.close();
        client.close();
        endpoint.close();
        region.close();
    }

    @Test
    void each_of_them_ends() throws Exception {
        region.launch("i-1", "us-west-2a");
        String loadBalancer = region.loadBalancer().loadBalancerArn();
        waiter.waitUntilLoadBalancerExists(request -> request.names("front"));
        CompletableFuture<Void> available = CompletableFuture.runAsync(
                () -> waiter.waitUntilLoadBalancerAvailable(request -> request.loadBalancerArns(loadBalancer)));
        assertThat(client.describeLoadBalancers(request -> request.names("front"))
                        .loadBalancers()
                        .getFirst()
                        .state()
                        .code())
                .isEqualTo(LoadBalancerStateEnum.PROVISIONING);
        region.time.advance(Duration.ofSeconds(1));
        available.join();

        String group = region.targetGroup();
        String listener = client.createListener(
                        region.forward(loadBalancer, group).build())
                .listeners()
                .getFirst()
                .listenerArn();
        region.register(group, "i-1");
        waiter.waitUntilTargetInService(request -> request.targetGroupArn(group));
        client.deregisterTargets(request -> request.targetGroupArn(group)
                .targets(TargetDescription.builder().id("i-1").build()));
        waiter.waitUntilTargetDeregistered(request -> request.targetGroupArn(group)
                .targets(TargetDescription.builder().id("i-1").build()));

        client.deleteListener(request -> request.listenerArn(listener));
        client.deleteLoadBalancer(request -> request.loadBalancerArn(loadBalancer));
        waiter.waitUntilLoadBalancersDeleted(request -> request.loadBalancerArns(loadBalancer));
        waiters.assertAllCalled();
    }
}
