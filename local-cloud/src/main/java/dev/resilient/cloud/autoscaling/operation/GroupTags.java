package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.autoscaling.model.CreateOrUpdateTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** The tags of groups. Instances that are there already keep theirs. */
record GroupTags(GroupStore groups) {
    private static final String RESERVED_PREFIX = "aws:";

    void register(OperationRegistry operations) {
        operations.act(
                CreateOrUpdateTagsRequest.class,
                Access.resources(request -> arns(request.tags())),
                this::createOrUpdate);
        operations.act(DeleteTagsRequest.class, Access.resources(request -> arns(request.tags())), this::delete);
        operations.on(DescribeTagsRequest.class, this::describe);
    }

    /** A tag of a new group. */
    static TagDescription read(String group, Tag tag) {
        refuseIf(
                tag.resourceId() != null && !tag.resourceId().equals(group),
                "The tag's resource id '" + tag.resourceId() + "' is not the group's name");
        return read(tag).copy(read -> read.resourceId(group));
    }

    private static TagDescription read(Tag tag) {
        refuseIf(
                tag.key().startsWith(RESERVED_PREFIX),
                "The tag key '" + tag.key() + "' begins with the reserved prefix aws:");
        TagDescription.Builder defaults = TagDescription.builder().value("").propagateAtLaunch(true);
        return Members.copy(tag, defaults).resourceType("auto-scaling-group").build();
    }

    private List<String> arns(List<Tag> tags) {
        return tags.stream()
                .map(tag -> groups.arnOf(tag.resourceId()))
                .distinct()
                .toList();
    }

    private void createOrUpdate(CreateOrUpdateTagsRequest request) {
        change(request.tags(), (group, tag) -> group.withTag(read(tag)));
    }

    private void delete(DeleteTagsRequest request) {
        change(
                request.tags(),
                (group, tag) -> group.with(left -> left.tags(group.shape().tags().stream()
                        .filter(now -> !now.key().equals(tag.key())
                                || (tag.value() != null && !tag.value().equals(now.value())))
                        .toList())));
    }

    /** Checks that every group is there before the first one is changed. */
    private void change(List<Tag> tags, BiFunction<Group, Tag, Group> change) {
        tags.forEach(GroupTags::read);
        tags.forEach(tag -> groups.require(tag.resourceId()));
        tags.forEach(tag -> groups.change(tag.resourceId(), group -> change.apply(group, tag)));
    }

    private DescribeTagsResponse describe(DescribeTagsRequest request) {
        List<TagDescription> selected = groups.list().stream()
                .flatMap(group -> group.shape().tags().stream())
                .filter(tag -> request.filters().stream()
                        .allMatch(filter -> TagFilters.OF_TAGS.test(filter).test(tag)))
                .toList();
        return GroupStore.PAGES.answer(
                request, DescribeTagsResponse.builder(), selected, tag -> tag.resourceId() + "/" + tag.key());
    }
}
