package dev.resilient.cloud.elb.resource;

import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;

/** The ARNs of new resources. A listener's continues its load balancer's, and a rule's continues its listener's. */
public record Arns(CloudContext cloud) {
    private static final String SERVICE = "elasticloadbalancing";
    private static final String LOAD_BALANCER = ":loadbalancer/";
    private static final String LISTENER = ":listener/";
    private static final String RULE = ":listener-rule/";
    private static final int ID_DIGITS = 16;

    /**
     * What the ARNs of this account's resources of one kind look like.
     *
     * @param title as in {@code target group}
     * @param beginning of all of them
     */
    public record Form(String title, String beginning) {

        /** The ARN that a request has; refuses what is none of this kind. */
        public String checked(String arn) {
            refuseIf(!arn.startsWith(beginning), VALIDATION, "'" + arn + "' is not a valid " + title + " ARN");
            return arn;
        }
    }

    /** Of the kind with this title, whose ARNs have this type. */
    Form form(String title, String type) {
        return new Form(title, cloud.account().arn(SERVICE, type + "/"));
    }

    /** With the id {@code *}, what IAM is asked about before there is a load balancer. */
    public String loadBalancer(String name, String id) {
        return cloud.account().arn(SERVICE, "loadbalancer/app/" + name + "/" + id);
    }

    /** With the id {@code *}, what IAM is asked about before there is a target group. */
    public String targetGroup(String name, String id) {
        return cloud.account().arn(SERVICE, "targetgroup/" + name + "/" + id);
    }

    /** Of a new listener. */
    public String listener(String loadBalancerArn) {
        return loadBalancerArn.replace(LOAD_BALANCER, LISTENER) + "/" + id();
    }

    /** Of a new rule. */
    public String rule(String listenerArn) {
        return rulesOf(listenerArn) + id();
    }

    /** What the ARNs of all rules of a listener or a load balancer begin with. */
    static String rulesOf(String arn) {
        return arn.replace(LOAD_BALANCER, RULE).replace(LISTENER, RULE) + "/";
    }

    /** Of the listener that a rule belongs to. */
    public static String listenerOf(String ruleArn) {
        return owner(ruleArn).replace(RULE, LISTENER);
    }

    static String loadBalancerOf(String listenerArn) {
        return owner(listenerArn).replace(LISTENER, LOAD_BALANCER);
    }

    private static String owner(String arn) {
        return arn.substring(0, arn.lastIndexOf('/'));
    }

    /** A new id, of 16 hexadecimal digits. */
    public String id() {
        return cloud.ids().hex(ID_DIGITS);
    }
}
