package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The deployment's tags in EC2's form. */
final class Ec2Tags {
    private Ec2Tags() {}

    static TagSpecification specification(ResourceType type, Environment environment, String name) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(withName(environment, name))
                .build();
    }

    /** The deployment's tags and {@code Name}, which the console shows. */
    static List<Tag> withName(Environment environment, String name) {
        Map<String, String> tags = new TreeMap<>(environment.tags());
        tags.put("Name", name);
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Map<String, String> asMap(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    /** Finds what belongs to the deployment. */
    static Filter ours(Deployment deployment) {
        return Network.filter("tag:" + Deployment.TAG, deployment.name());
    }
}
