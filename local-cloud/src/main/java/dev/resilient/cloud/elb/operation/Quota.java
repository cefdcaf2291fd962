package dev.resilient.cloud.elb.operation;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;

/** How many there can be of what: AWS's names and default quotas for Application Load Balancers. */
enum Quota {
    LOAD_BALANCERS("application-load-balancers", 50, "TooManyLoadBalancers", reached("load balancers")),
    LISTENERS("listeners-per-application-load-balancer", 50, "TooManyListeners", ofLoadBalancer("listeners")),
    RULES("rules-per-application-load-balancer", 100, "TooManyRules", ofLoadBalancer("rules")),
    TARGET_GROUPS("target-groups", 3000, "TooManyTargetGroups", reached("target groups")),
    TARGET_GROUPS_OF_LOAD_BALANCER(
            "target-groups-per-application-load-balancer",
            100,
            "TooManyUniqueTargetGroupsPerLoadBalancer",
            reached("unique target groups that you can associate with a load balancer of type 'application'")),
    TARGET_GROUPS_OF_ACTION(
            "target-groups-per-action-on-application-load-balancer",
            5,
            "TooManyTargetGroups",
            reached("target groups of a forward action")),
    TARGETS_OF_LOAD_BALANCER(
            "targets-per-application-load-balancer", 1000, "TooManyTargets", ofLoadBalancer("targets")),
    TARGETS_OF_GROUP("targets-per-target-group", 1000, "TooManyTargets", reached("targets of a target group")),
    REGISTRATIONS_OF_TARGET(
            "target-id-registrations-per-application-load-balancer",
            1000,
            "TooManyRegistrationsForTargetId",
            reached("registrations of a target")),
    CONDITION_VALUES(
            "condition-values-per-alb-rule", 5, "ValidationError", "A rule can only have '%d' condition values"),
    CONDITION_WILDCARDS(
            "condition-wildcards-per-alb-rule", 5, "ValidationError", "A rule can only have '%d' condition wildcards");

    private final String wireName;
    private final int most;
    private final String code;
    private final String text;

    Quota(String wireName, int most, String code, String text) {
        this.wireName = wireName;
        this.most = most;
        this.code = code;
        this.text = text;
    }

    private static String ofLoadBalancer(String what) {
        return reached(what + " of a load balancer of type 'application'");
    }

    private static String reached(String what) {
        return "You have reached the maximum number of " + what + ": [%d]";
    }

    static void register(OperationRegistry operations) {
        operations.on(DescribeAccountLimitsRequest.class, Quota::describe);
    }

    private static DescribeAccountLimitsResponse describe(DescribeAccountLimitsRequest request) {
        return Stores.PAGES.answer(
                request,
                DescribeAccountLimitsResponse.builder(),
                List.of(values()),
                quota -> quota.wireName,
                quota -> Limit.builder()
                        .name(quota.wireName)
                        .max(Integer.toString(quota.most))
                        .build());
    }

    /** Refuses that there be so many. */
    void check(long number) {
        refuseIf(number > most, () -> ServiceError.badRequest(code, text.formatted(most)));
    }
}
