package dev.resilient.cloud.elb.resource;

import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.store.ResourceMap;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** The tags of resources by ARN. Thread-safe. */
public record Tags(ResourceMap<List<Tag>> tags) {
    private static final int MOST = 50;

    /** Tags in the order given, checked, so that {@link #add} cannot refuse them for a new resource. */
    public static List<Tag> read(List<Tag> given) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : given) {
            refuseIf(
                    !keys.add(tag.key()),
                    "DuplicateTagKeys",
                    "The tag key '" + tag.key() + "' was specified more than once");
            refuseIf(
                    tag.key().startsWith("aws:"),
                    VALIDATION,
                    "The tag key '" + tag.key() + "' begins with the reserved prefix aws:");
        }
        return with(List.of(), given.stream().map(Tags::complete).toList());
    }

    private static Tag complete(Tag given) {
        return given.value() == null ? given.copy(tag -> tag.value("")) : given;
    }

    /** Does nothing if {@link #add} would succeed; otherwise throws what that would throw. */
    public void checkAdding(String arn, List<Tag> added) {
        with(of(arn), added);
    }

    private static List<Tag> with(List<Tag> now, List<Tag> added) {
        List<Tag> kept = without(now, added.stream().map(Tag::key).toList());
        List<Tag> next = Stream.concat(kept.stream(), added.stream()).toList();
        refuseIf(next.size() > MOST, "TooManyTags", "A resource cannot have more than " + MOST + " tags");
        return next;
    }

    private static List<Tag> without(List<Tag> now, Collection<String> keys) {
        return now.stream().filter(tag -> !keys.contains(tag.key())).toList();
    }

    /** Adds tags, or gives those that are there other values; {@code TooManyTags} if they are too many then. */
    public void add(String arn, List<Tag> added) {
        if (!tags.create(arn, with(List.of(), added))) {
            tags.update(arn, now -> with(now, added));
        }
    }

    /** Takes away the tags with these keys, as far as they are there. */
    public void remove(String arn, List<String> keys) {
        tags.update(arn, now -> without(now, keys));
    }

    /** The resource is gone, and its tags with it. */
    public void forget(String arn) {
        tags.remove(arn);
    }

    /** The tags of a resource, in the order of their coming. */
    public List<Tag> of(String arn) {
        return tags.find(arn).orElse(List.of());
    }
}
