package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** The deployment's tags in Elastic Load Balancing's form. */
final class LoadBalancingTags {
    private final Environment environment;
    private final Ownership ownership;

    LoadBalancingTags(Environment environment) {
        this.environment = environment;
        this.ownership = new Ownership(environment.deployment());
    }

    List<Tag> toTags() {
        return environment.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    boolean isOurs(String arn) {
        return ownership.isOurs(of(arn));
    }

    void require(String arn, String kind, String name) {
        ownership.require(of(arn), kind, name);
    }

    private Map<String, String> of(String arn) {
        try {
            return environment
                    .aws()
                    .loadBalancing()
                    .describeTags(request -> request.resourceArns(arn))
                    .tagDescriptions()
                    .stream()
                    .flatMap(described -> described.tags().stream())
                    .collect(Collectors.toMap(Tag::key, Tag::value));
        } catch (LoadBalancerNotFoundException | TargetGroupNotFoundException _) {
            // It went away between the two questions.
            return Map.of();
        }
    }
}
