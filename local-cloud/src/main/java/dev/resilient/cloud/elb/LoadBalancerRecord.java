package dev.resilient.cloud.elb;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An application load balancer.
 *
 * @param scheme {@code internet-facing} or {@code internal}
 * @param address the loopback address that its listeners are on, and its DNS name
 * @param activeFrom until when it is being provisioned
 * @param attributes those that differ from the defaults
 */
record LoadBalancerRecord(
        String arn,
        String name,
        String scheme,
        List<Subnets.Subnet> subnets,
        List<String> securityGroups,
        String address,
        Instant created,
        Instant activeFrom,
        Map<String, String> attributes) {

    LoadBalancerRecord {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
        attributes = Map.copyOf(attributes);
    }

    String vpcId() {
        return subnets.getFirst().vpcId();
    }

    List<String> zones() {
        return subnets.stream().map(Subnets.Subnet::zone).toList();
    }

    boolean isActive(Instant now) {
        return !now.isBefore(activeFrom);
    }

    LoadBalancerRecord withSubnets(List<Subnets.Subnet> next) {
        return new LoadBalancerRecord(
                arn, name, scheme, next, securityGroups, address, created, activeFrom, attributes);
    }

    LoadBalancerRecord withSecurityGroups(List<String> next) {
        return new LoadBalancerRecord(arn, name, scheme, subnets, next, address, created, activeFrom, attributes);
    }

    LoadBalancerRecord at(String next) {
        return new LoadBalancerRecord(
                arn, name, scheme, subnets, securityGroups, next, created, activeFrom, attributes);
    }

    LoadBalancerRecord withAttributes(Map<String, String> next) {
        return new LoadBalancerRecord(arn, name, scheme, subnets, securityGroups, address, created, activeFrom, next);
    }
}
