package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.Tag;

/** The tags of users, roles, policies and instance profiles. The letter case of a key is kept, and does not count. */
final class Tags {
    private static final int MAXIMUM = 50;

    private Tags() {}

    static void register(Registrar each) {
        each.change(each.of("Tag%s"), Tags::tagged);
        each.change(each.of("Untag%s"), Tags::untagged);
        each.list(each.of("List%sTags"), (entity, _) -> entity.tags(), Tag::key);
    }

    private static Entity tagged(Entity entity, IamRequest request) {
        List<Tag> added = checked(in(request));
        List<Tag> all = Stream.concat(without(keys(added), entity).stream(), added.stream())
                .toList();
        refuseIf(
                all.size() > MAXIMUM,
                () -> Entities.limitExceeded("The number of tags has reached the maximum limit."));
        return entity.with("Tags", sorted(all));
    }

    private static Entity untagged(Entity entity, IamRequest request) {
        return entity.with("Tags", without(Members.list(request, "TagKeys", String.class), entity));
    }

    /** The tags in a request. */
    static List<Tag> in(IamRequest request) {
        return Members.list(request, "Tags", Tag.class);
    }

    /**
     * Tags in the order of their keys.
     *
     * @throws ServiceError {@code InvalidInput} if a key comes twice
     */
    static List<Tag> checked(List<Tag> tags) {
        refuseIf(
                caseless(keys(tags)).size() < tags.size(),
                () -> ServiceError.badRequest(
                        "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive."));
        return sorted(tags);
    }

    private static List<Tag> without(List<String> keys, Entity entity) {
        Policies.requireOwn(entity);
        Set<String> gone = caseless(keys);
        return entity.tags().stream().filter(tag -> !gone.contains(tag.key())).toList();
    }

    private static List<Tag> sorted(List<Tag> tags) {
        return tags.stream()
                .sorted(Comparator.comparing(Tag::key, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    private static List<String> keys(List<Tag> tags) {
        return tags.stream().map(Tag::key).toList();
    }

    private static Set<String> caseless(List<String> keys) {
        Set<String> caseless = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        caseless.addAll(keys);
        return caseless;
    }
}
