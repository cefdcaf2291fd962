package dev.resilient.cloud.elb;

import dev.resilient.cloud.elb.ListenerAction.Share;
import dev.resilient.cloud.elb.TargetGroupRecord.HealthCheckRecord;
import dev.resilient.loadbalancer.target.TargetReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AnomalyDetection;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Records as the API shows them. */
final class Views {
    static final String IPV4 = "ipv4";

    private Views() {}

    static List<AvailabilityZone> zones(LoadBalancerRecord record) {
        return record.subnets().stream()
                .map(subnet -> AvailabilityZone.builder()
                        .zoneName(subnet.zone())
                        .subnetId(subnet.id())
                        .loadBalancerAddresses(List.of())
                        .build())
                .toList();
    }

    static LoadBalancer of(LoadBalancerRecord record, Instant now) {
        return LoadBalancer.builder()
                .loadBalancerArn(record.arn())
                .loadBalancerName(record.name())
                .dnsName(record.address())
                .createdTime(record.created())
                .scheme(record.scheme())
                .vpcId(record.vpcId())
                .state(LoadBalancerState.builder()
                        .code(record.isActive(now) ? "active" : "provisioning")
                        .build())
                .type("application")
                .availabilityZones(zones(record))
                .securityGroups(record.securityGroups())
                .ipAddressType(IPV4)
                .build();
    }

    static TargetGroup of(TargetGroupRecord record, Optional<LoadBalancerRecord> user) {
        HealthCheckRecord check = record.healthCheck();
        return TargetGroup.builder()
                .targetGroupArn(record.arn())
                .targetGroupName(record.name())
                .protocol("HTTP")
                .protocolVersion("HTTP1")
                .port(record.port())
                .vpcId(record.vpcId())
                .healthCheckProtocol("HTTP")
                .healthCheckPort(check.port())
                .healthCheckEnabled(true)
                .healthCheckIntervalSeconds(check.intervalSeconds())
                .healthCheckTimeoutSeconds(check.timeoutSeconds())
                .healthyThresholdCount(check.healthyThreshold())
                .unhealthyThresholdCount(check.unhealthyThreshold())
                .healthCheckPath(check.path())
                .matcher(Matcher.builder().httpCode(check.matcher()).build())
                .loadBalancerArns(user.map(LoadBalancerRecord::arn).stream().toList())
                .targetType("instance")
                .ipAddressType(IPV4)
                .build();
    }

    static Listener of(ListenerRecord record) {
        return Listener.builder()
                .listenerArn(record.arn())
                .loadBalancerArn(record.loadBalancerArn())
                .port(record.port())
                .protocol("HTTP")
                .defaultActions(of(record.action()))
                .build();
    }

    static Rule of(RuleRecord record) {
        return Rule.builder()
                .ruleArn(record.arn())
                .priority(Integer.toString(record.priority()))
                .conditions(
                        record.conditions().stream().map(ConditionReader::shown).toList())
                .actions(of(record.action()))
                .isDefault(false)
                .build();
    }

    /** A listener's default action as the rule that is tried last. */
    static Rule defaultRule(ListenerRecord listener) {
        return Rule.builder()
                .ruleArn(listener.defaultRuleArn())
                .priority("default")
                .conditions(List.of())
                .actions(of(listener.action()))
                .isDefault(true)
                .build();
    }

    private static Action of(ListenerAction action) {
        return switch (action) {
            case ListenerAction.Forward(List<Share> shares, Optional<Integer> stickySeconds) ->
                Action.builder()
                        .type("forward")
                        .targetGroupArn(shares.size() == 1 ? shares.getFirst().targetGroupArn() : null)
                        .forwardConfig(ForwardActionConfig.builder()
                                .targetGroups(shares.stream()
                                        .map(share -> TargetGroupTuple.builder()
                                                .targetGroupArn(share.targetGroupArn())
                                                .weight(share.weight())
                                                .build())
                                        .toList())
                                .targetGroupStickinessConfig(TargetGroupStickinessConfig.builder()
                                        .enabled(stickySeconds.isPresent())
                                        .durationSeconds(stickySeconds.orElse(null))
                                        .build())
                                .build())
                        .build();
            case ListenerAction.Redirect(
                    int status,
                    String protocol,
                    String host,
                    String port,
                    String path,
                    String query) ->
                Action.builder()
                        .type("redirect")
                        .redirectConfig(RedirectActionConfig.builder()
                                .statusCode("HTTP_" + status)
                                .protocol(protocol)
                                .host(host)
                                .port(port)
                                .path(path)
                                .query(query)
                                .build())
                        .build();
            case ListenerAction.FixedResponse(int status, String contentType, String body) ->
                Action.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(FixedResponseActionConfig.builder()
                                .statusCode(Integer.toString(status))
                                .contentType(contentType)
                                .messageBody(body)
                                .build())
                        .build();
        };
    }

    /** A health check's port is left out for a target that nothing checks because its group is not in use. */
    static TargetHealthDescription of(
            TargetGroupRecord group, TargetHealths.Shown shown, boolean withAnomalyDetection) {
        Optional<TargetReason> reason = shown.health().reason();
        int port = shown.target().port();
        boolean checked = reason.filter(TargetReason.NOT_IN_USE::equals).isEmpty();
        return TargetHealthDescription.builder()
                .target(TargetDescription.builder()
                        .id(shown.target().instanceId())
                        .port(port)
                        .build())
                .healthCheckPort(checked ? group.healthCheck().portOf(port) : null)
                .targetHealth(TargetHealth.builder()
                        .state(shown.health().state().wireName())
                        .reason(reason.map(TargetReason::wireName).orElse(null))
                        .description(shown.health().description().orElse(null))
                        .build())
                .anomalyDetection(withAnomalyDetection ? of(shown.anomalyDetection()) : null)
                .build();
    }

    private static AnomalyDetection of(dev.resilient.loadbalancer.target.AnomalyDetection detected) {
        return AnomalyDetection.builder()
                .result(detected.anomalous() ? "anomalous" : "normal")
                .mitigationInEffect(detected.mitigationInEffect() ? "yes" : "no")
                .build();
    }

    /** Attributes as the API's own type of them. */
    static <A> List<A> attributes(Map<String, String> attributes, BiFunction<String, String, A> shape) {
        return attributes.entrySet().stream()
                .map(attribute -> shape.apply(attribute.getKey(), attribute.getValue()))
                .toList();
    }
}
