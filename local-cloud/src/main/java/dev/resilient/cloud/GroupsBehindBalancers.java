package dev.resilient.cloud;

import dev.resilient.cloud.autoscaling.TargetGroupLink;
import dev.resilient.cloud.elb.Elb;

/** What Auto Scaling needs of Elastic Load Balancing. */
record GroupsBehindBalancers(Elb elb) implements TargetGroupLink {

    @Override
    public boolean exists(String targetGroupArn) {
        return elb.hasTargetGroup(targetGroupArn);
    }

    @Override
    public void register(String targetGroupArn, String instanceId) {
        elb.registerInstance(targetGroupArn, instanceId);
    }

    @Override
    public void deregister(String targetGroupArn, String instanceId) {
        elb.deregisterInstance(targetGroupArn, instanceId);
    }

    @Override
    public boolean drained(String targetGroupArn, String instanceId) {
        return elb.hasDrained(targetGroupArn, instanceId);
    }

    @Override
    public boolean anyHealthy(String targetGroupArn) {
        return elb.hasHealthyTarget(targetGroupArn);
    }
}
