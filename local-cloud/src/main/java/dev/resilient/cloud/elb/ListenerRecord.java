package dev.resilient.cloud.elb;

/**
 * A listener of a load balancer. Its protocol is HTTP.
 *
 * @param defaultRuleArn of the rule that its default action is shown as
 * @param action what it does with requests that none of its rules applies to
 */
record ListenerRecord(String arn, String loadBalancerArn, int port, String defaultRuleArn, ListenerAction action) {}
