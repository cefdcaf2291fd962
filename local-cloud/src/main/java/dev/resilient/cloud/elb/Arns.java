package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.CloudContext;

/** The ARNs of new resources. */
record Arns(CloudContext cloud) {
    private static final String SERVICE = "elasticloadbalancing";
    private static final int ID_DIGITS = 16;

    String loadBalancer(String name) {
        return arn("loadbalancer/app/" + name + "/" + id());
    }

    String targetGroup(String name) {
        return arn("targetgroup/" + name + "/" + id());
    }

    /** A listener's ARN continues its load balancer's. */
    String listener(String loadBalancerArn) {
        return loadBalancerArn.replace(":loadbalancer/", ":listener/") + "/" + id();
    }

    /** A rule's ARN continues its listener's. */
    String rule(String listenerArn) {
        return listenerArn.replace(":listener/", ":listener-rule/") + "/" + id();
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
