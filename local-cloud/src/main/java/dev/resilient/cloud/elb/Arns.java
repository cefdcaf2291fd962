package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.CloudContext;

/** The ARNs of new resources. A listener's continues its load balancer's, and a rule's continues its listener's. */
record Arns(CloudContext cloud) {
    private static final String SERVICE = "elasticloadbalancing";
    private static final String LOAD_BALANCER = ":loadbalancer/";
    private static final String LISTENER = ":listener/";
    private static final String RULE = ":listener-rule/";
    private static final int ID_DIGITS = 16;

    String loadBalancer(String name) {
        return arn("loadbalancer/app/" + name + "/" + id());
    }

    String targetGroup(String name) {
        return arn("targetgroup/" + name + "/" + id());
    }

    String listener(String loadBalancerArn) {
        return loadBalancerArn.replace(LOAD_BALANCER, LISTENER) + "/" + id();
    }

    String rule(String listenerArn) {
        return rulesOf(listenerArn) + id();
    }

    /** What the ARNs of all rules of a listener or a load balancer begin with. */
    static String rulesOf(String arn) {
        return arn.replace(LOAD_BALANCER, RULE).replace(LISTENER, RULE) + "/";
    }

    static String listenerOf(String ruleArn) {
        return owner(ruleArn).replace(RULE, LISTENER);
    }

    static String loadBalancerOf(String listenerArn) {
        return owner(listenerArn).replace(LISTENER, LOAD_BALANCER);
    }

    private static String owner(String arn) {
        return arn.substring(0, arn.lastIndexOf('/'));
    }

    /** What IAM is asked about before there is an ARN: any resource of this kind and name. */
    String any(String kindAndName) {
        return arn(kindAndName + "/*");
    }

    private String arn(String resource) {
        return cloud.account().arn(SERVICE, resource);
    }

    private String id() {
        return cloud.ids().hex(ID_DIGITS);
    }
}
