package dev.resilient.cloud.ec2.tag;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * The tags of every resource, by the resource's id. The kinds of resources that can be tagged register themselves.
 * Thread-safe.
 */
public final class Tags {
    private static final String RESERVED = "aws:";
    private static final int LIMIT = 50;
    private static final int LONGEST_KEY = 127;
    private static final int LONGEST_VALUE = 255;
    private static final FilterSet<TagDescription> FILTERS =
            FilterSet.of(TagDescription.builder(), "key value resource-id resource-type");

    private final ResourceMap<Tagged> resources;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** The tags that the store has. */
    public Tags(ResourceStore store) {
        resources = store.map("ec2.tags");
        // No instance outlives its cloud.
        resources.list().stream()
                .map(Tagged::id)
                .filter(id -> id.startsWith("i-"))
                .forEach(resources::remove);
    }

    /**
     * Makes resources whose ids begin with {@code prefix} taggable.
     *
     * @param type EC2's name of the kind: {@code security-group}
     * @param requireExisting throws the kind's own error for an id that does not exist
     */
    public void register(String prefix, String type, Consumer<String> requireExisting) {
        kinds.put(prefix, new Kind(type, requireExisting));
    }

    /** The tags of a resource, in the order of their keys. */
    public List<Tag> of(String resourceId) {
        return tagged(resourceId).tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private Tagged tagged(String resourceId) {
        return resources.find(resourceId).orElseGet(() -> new Tagged(resourceId, Collections.emptySortedMap()));
    }

    /** The tags that a request has for new resources of a kind, checked, so that {@link #add} cannot refuse them. */
    public static List<Tag> requested(String type, Collection<TagSpecification> specifications) {
        List<Tag> wanted = specifications.stream()
                .filter(specification -> type.equals(specification.resourceTypeAsString()))
                .flatMap(specification -> specification.tags().stream())
                .toList();
        check(wanted);
        return wanted;
    }

    /** Adds checked tags to a resource, replacing those with the same keys. */
    public void add(String resourceId, Collection<Tag> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        resources.create(resourceId, tagged(resourceId));
        resources.update(resourceId, before -> before.plus(wanted));
    }

    /** Forgets the tags of a resource that is gone. */
    public void remove(String resourceId) {
        resources.remove(resourceId);
    }

    /** Registers the operations on tags of every kind. */
    public void register(Registrar registrar) {
        registrar.on(CreateTagsRequest.class, tagged(registrar, CreateTagsRequest::resources), this::create);
        registrar.on(DeleteTagsRequest.class, tagged(registrar, DeleteTagsRequest::resources), this::delete);
        registrar.describe(DescribeTagsRequest.class, this::describe);
    }

    private <I> Access<I> tagged(Registrar registrar, Function<I, List<String>> ids) {
        return Access.resources(request -> ids.apply(request).stream()
                .map(id -> registrar.account().arn("ec2", kindOf(id).type + "/" + id))
                .toList());
    }

    /** Refuses a request whose tags have keys that only AWS itself may set. */
    public static void refuseReserved(Ec2Request request) {
        request.getValueForField("TagSpecifications", List.class).stream()
                .flatMap(specifications -> ((List<?>) specifications).stream())
                .forEach(each -> {
                    if (each instanceof TagSpecification specification) {
                        refuseReserved(specification.tags());
                    }
                });
    }

    private static void refuseReserved(Collection<Tag> tags) {
        refuseIf(
                tags.stream().anyMatch(tag -> tag.key() != null && tag.key().startsWith(RESERVED)),
                "Tag keys starting with 'aws:' are reserved for internal use");
    }

    CreateTagsResponse create(CreateTagsRequest request) {
        refuseReserved(request.tags());
        check(request.tags());
        Set<String> keys = new HashSet<>();
        request.tags()
                .forEach(tag -> refuseIf(!keys.add(tag.key()), "Duplicate tag key '" + tag.key() + "' specified."));
        request.resources().forEach(this::requireExisting);
        request.resources().forEach(id -> tagged(id).plus(request.tags()));
        request.resources().forEach(id -> add(id, request.tags()));
        return CreateTagsResponse.builder().build();
    }

    DeleteTagsResponse delete(DeleteTagsRequest request) {
        request.resources().forEach(this::requireExisting);
        request.resources().forEach(id -> resources.update(id, before -> before.minus(request)));
        return DeleteTagsResponse.builder().build();
    }

    DescribeTagsResponse describe(DescribeTagsRequest request) {
        List<TagDescription> all =
                resources.list().stream().flatMap(this::describe).toList();
        return FILTERS.answer(request, DescribeTagsResponse.builder(), all, Tags::key);
    }

    private static String key(TagDescription tag) {
        return tag.resourceId() + "/" + tag.key();
    }

    private Stream<TagDescription> describe(Tagged resource) {
        String type = kindOf(resource.id).type;
        return resource.tags.entrySet().stream().map(tag -> TagDescription.builder()
                .resourceId(resource.id)
                .resourceType(type)
                .key(tag.getKey())
                .value(tag.getValue())
                .build());
    }

    private void requireExisting(String id) {
        kindOf(id).requireExisting.accept(id);
    }

    private Kind kindOf(String id) {
        return kinds.entrySet().stream()
                .filter(kind -> id.startsWith(kind.getKey()))
                .max(Comparator.comparing(kind -> kind.getKey().length()))
                .map(Map.Entry::getValue)
                .orElseThrow(() -> ServiceError.badRequest("InvalidID", "The ID '" + id + "' is not valid"));
    }

    private static void check(Collection<Tag> tags) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : tags) {
            String key = Objects.requireNonNullElse(tag.key(), "");
            String value = Objects.requireNonNullElse(tag.value(), "");
            refuseIf(
                    key.isEmpty() || key.length() > LONGEST_KEY,
                    "Tag key '" + key + "' is invalid. Tag keys must be between 1 and 127 characters in length");
            refuseIf(
                    value.length() > LONGEST_VALUE,
                    "Tag value exceeds the maximum length of " + LONGEST_VALUE + " characters");
            keys.add(key);
        }
        checkNumber(keys);
    }

    /** Tags that AWS itself sets do not count. */
    private static void checkNumber(Collection<String> keys) {
        refuseIf(
                keys.stream().filter(key -> !key.startsWith(RESERVED)).count() > LIMIT,
                "TagLimitExceeded",
                "The maximum number of Tags for a resource has been reached.");
    }

    private record Kind(String type, Consumer<String> requireExisting) {}

    private record Tagged(String id, SortedMap<String, String> tags) {
        Tagged plus(Collection<Tag> wanted) {
            return with(after -> {
                wanted.forEach(tag -> after.put(tag.key(), Objects.requireNonNullElse(tag.value(), "")));
                checkNumber(after.keySet());
            });
        }

        /** Without the tags the request names; without all that the owner set if it names none. */
        Tagged minus(DeleteTagsRequest request) {
            return with(after -> {
                after.keySet().removeIf(key -> request.tags().isEmpty() && !key.startsWith(RESERVED));
                for (Tag tag : request.tags()) {
                    after.computeIfPresent(
                            tag.key(),
                            (key, value) -> tag.value() == null || tag.value().equals(value) ? null : value);
                }
            });
        }

        private Tagged with(Consumer<SortedMap<String, String>> change) {
            SortedMap<String, String> after = new TreeMap<>(tags);
            change.accept(after);
            return new Tagged(id, Collections.unmodifiableSortedMap(after));
        }
    }
}
