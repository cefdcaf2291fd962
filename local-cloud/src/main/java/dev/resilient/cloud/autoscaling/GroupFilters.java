package dev.resilient.cloud.autoscaling;

import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** The filters of {@code DescribeAutoScalingGroups}: {@code tag-key}, {@code tag-value}, {@code tag:KEY}. */
final class GroupFilters {
    private static final String TAG_PREFIX = "tag:";

    private GroupFilters() {}

    /** Whether a group passes every filter; each is passed by any of its values. */
    static boolean matches(Group group, List<Filter> filters) {
        return filters.stream().allMatch(filter -> group.shape().tags().stream().anyMatch(test(filter)));
    }

    private static Predicate<TagDescription> test(Filter filter) {
        String name = filter.name() == null ? "" : filter.name();
        if (name.startsWith(TAG_PREFIX)) {
            String key = name.substring(TAG_PREFIX.length());
            return tag -> tag.key().equals(key) && filter.values().contains(tag.value());
        }
        return switch (name) {
            case "tag-key" -> tag -> filter.values().contains(tag.key());
            case "tag-value" -> tag -> filter.values().contains(tag.value());
            default ->
                throw Errors.validation("Filter type " + name + " is not correct. Allowed Filter types are:"
                        + " [tag-key, tag-value, tag:<key>]");
        };
    }
}
