package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.wire.ServiceError;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.IamResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The tags of users, roles, policies and instance profiles. The letter case of a key is kept, and does not count. */
record Tags(Entities entities) {
    private static final int MAXIMUM = 50;

    <I extends IamRequest, O extends IamResponse, B extends SdkBuilder<B, O> & SdkPojo> void register(
            Registrar on,
            Class<? extends IamRequest> tag,
            Class<? extends IamRequest> untag,
            Class<I> list,
            Supplier<B> response) {
        on.change(tag, on.namingTags(), (entity, request) -> {
            List<Tag> added = checked(in(request));
            List<Tag> all = Stream.concat(without(keys(added), entity).stream(), added.stream())
                    .toList();
            refuseIf(
                    all.size() > MAXIMUM,
                    () -> Entities.limitExceeded("The number of tags has reached the maximum limit."));
            return entity.with("Tags", sorted(all));
        });
        on.change(untag, (entity, request) -> {
            List<?> keys = Shapes.member(request, "TagKeys", List.class).orElse(List.of());
            return entity.with(
                    "Tags", without(keys.stream().map(String.class::cast).toList(), entity));
        });
        on.answer(
                list,
                request -> Registrar.page(
                        request,
                        response.get(),
                        entities.get(on.kind(), on.kind().in(request)).tags(),
                        Tag::key,
                        each -> each));
    }

    /** The tags in a request. */
    static List<Tag> in(IamRequest request) {
        List<?> tags = Shapes.member(request, "Tags", List.class).orElse(List.of());
        return tags.stream().map(Tag.class::cast).toList();
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
