package dev.resilient.scenario.base;

import software.amazon.awssdk.regions.Region;

/**
 * The names of a deployment's resources, all derived from the deployment's name.
 *
 * <p>With a deployment name of at most {@value Deployment#LONGEST_NAME} characters every name keeps within its service's limit,
 * of which the tightest is 32 characters for a load balancer and a target group. IAM is not regional, therefore its names
 * carry the region: two deployments of one name in two regions share nothing.
 */
public record Names(String deployment, Region region) {

    /** The DynamoDB table with the recommendations. */
    public String table() {
        return deployment + "-recommendations";
    }

    /** The DynamoDB table with the heartbeats of instances. */
    public String heartbeats() {
        return deployment + "-heartbeats";
    }

    /** The bucket that holds the server's jar. Bucket names are global, hence the account and the region in it. */
    public String bucket(String account) {
        return deployment + "-" + account + "-" + region.id();
    }

    /** The role, the policy and the instance profile that every instance starts with. */
    public String instanceAccess() {
        return deployment + "-instance-" + region.id();
    }

    /** The role, the policy and the instance profile that may read the parameters and nothing else. */
    public String restrictedAccess() {
        return deployment + "-restricted-" + region.id();
    }

    /** The security group of the load balancer. */
    public String loadBalancerSecurityGroup() {
        return deployment + "-balancer";
    }

    /** The security group of the instances. */
    public String instanceSecurityGroup() {
        return deployment + "-instances";
    }

    /** The security group that admits nobody, made by a drill. */
    public String isolatingSecurityGroup() {
        return deployment + "-isolated";
    }

    /** The launch template, which is also the {@code Name} tag of the instances. */
    public String launchTemplate() {
        return deployment + "-instance";
    }

    /** The Auto Scaling group. */
    public String group() {
        return deployment + "-group";
    }

    /** The target group. */
    public String targetGroup() {
        return deployment + "-targets";
    }

    /** The load balancer. */
    public String loadBalancer() {
        return deployment + "-balancer";
    }

    /** A parameter of the service: {@code DEPLOYMENT-key}, as the server puts its parameters' names together. */
    public String parameter(String key) {
        return parameterPrefix() + "-" + key;
    }

    /** What the names of all parameters begin with, which is what the server is told. */
    public String parameterPrefix() {
        return deployment;
    }
}
