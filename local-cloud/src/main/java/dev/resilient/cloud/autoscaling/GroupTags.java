package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.CreateOrUpdateTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** The tags of groups. Instances that are there already keep theirs. */
record GroupTags(CloudContext cloud, GroupStore groups) {
    private static final String RESERVED_PREFIX = "aws:";

    void register(OperationRegistry operations) {
        operations.act(
                CreateOrUpdateTagsRequest.class,
                Access.resources(request -> arns(request.tags())),
                this::createOrUpdate);
        operations.act(DeleteTagsRequest.class, Access.resources(request -> arns(request.tags())), this::delete);
        operations.on(DescribeTagsRequest.class, this::describe);
    }

    /** The tags of a new group. */
    static List<GroupTag> read(String group, List<Tag> tags) {
        Map<String, GroupTag> byKey = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (tag.resourceId() != null && !tag.resourceId().equals(group)) {
                throw Errors.validation("The tag's resource id '" + tag.resourceId() + "' is not the group's name");
            }
            byKey.put(tag.key(), read(tag));
        }
        return List.copyOf(byKey.values());
    }

    private static GroupTag read(Tag tag) {
        refuseIf(
                tag.key().startsWith(RESERVED_PREFIX),
                () -> Errors.validation("The tag key '" + tag.key() + "' begins with the reserved prefix aws:"));
        return new GroupTag(
                tag.key(), tag.value() == null ? "" : tag.value(), !Boolean.FALSE.equals(tag.propagateAtLaunch()));
    }

    private List<String> arns(List<Tag> tags) {
        return tags.stream()
                .map(tag -> GroupArns.of(cloud.account(), groups, tag.resourceId()))
                .distinct()
                .toList();
    }

    private void createOrUpdate(CreateOrUpdateTagsRequest request) {
        byGroup(request.tags())
                .forEach((name, tags) -> groups.change(name, group -> {
                    Map<String, GroupTag> byKey = byKey(group);
                    tags.forEach(tag -> byKey.put(tag.key(), read(tag)));
                    return group.withTags(List.copyOf(byKey.values()));
                }));
    }

    private void delete(DeleteTagsRequest request) {
        byGroup(request.tags())
                .forEach((name, tags) -> groups.change(name, group -> {
                    Map<String, GroupTag> byKey = byKey(group);
                    tags.forEach(tag -> byKey.computeIfPresent(
                            tag.key(),
                            (key, now) -> tag.value() == null || tag.value().equals(now.value()) ? null : now));
                    return group.withTags(List.copyOf(byKey.values()));
                }));
    }

    /** Checks that every group is there before the first one is changed. */
    private Map<String, List<Tag>> byGroup(List<Tag> tags) {
        tags.forEach(GroupTags::read);
        tags.stream().map(Tag::resourceId).distinct().forEach(groups::require);
        return tags.stream().collect(Collectors.groupingBy(Tag::resourceId));
    }

    private static Map<String, GroupTag> byKey(Group group) {
        Map<String, GroupTag> byKey = new LinkedHashMap<>();
        group.tags().forEach(tag -> byKey.put(tag.key(), tag));
        return byKey;
    }

    private DescribeTagsResponse describe(DescribeTagsRequest request) {
        List<TagDescription> selected = groups.list().stream()
                .flatMap(group -> group.tags().stream().map(tag -> GroupView.tag(group, tag)))
                .filter(tag -> request.filters().stream().allMatch(filter -> matches(tag, filter)))
                .sorted(Comparator.comparing(TagDescription::resourceId).thenComparing(TagDescription::key))
                .toList();
        return AutoScaling.PAGES.answer(
                request,
                DescribeTagsResponse.builder(),
                selected,
                tag -> tag.resourceId() + "/" + tag.key(),
                item -> item);
    }

    private static boolean matches(TagDescription tag, Filter filter) {
        String value =
                switch (filter.name()) {
                    case "auto-scaling-group" -> tag.resourceId();
                    case "key" -> tag.key();
                    case "value" -> tag.value();
                    case "propagate-at-launch" -> tag.propagateAtLaunch().toString();
                    default ->
                        throw Errors.validation("Filter type " + filter.name()
                                + " is not correct. Allowed Filter types are:"
                                + " [auto-scaling-group, key, value, propagate-at-launch]");
                };
        return filter.values().contains(value);
    }
}
