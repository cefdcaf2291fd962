package dev.resilient.cloud.autoscaling.operation;

import dev.resilient.cloud.autoscaling.group.Errors;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * Filters that look at tags, by their names. A filter lets pass what has any of its values.
 *
 * @param allowed the names as an error lists them
 */
record TagFilters(Map<String, Function<TagDescription, String>> values, String allowed) {
    private static final String OF_ONE_KEY = "tag:";

    /** Of {@code DescribeTags}. */
    static final TagFilters OF_TAGS = new TagFilters(
            Map.of(
                    "auto-scaling-group", TagDescription::resourceId,
                    "key", TagDescription::key,
                    "value", TagDescription::value,
                    "propagate-at-launch", tag -> tag.propagateAtLaunch().toString()),
            "[auto-scaling-group, key, value, propagate-at-launch]");

    /** Of {@code DescribeAutoScalingGroups}. */
    static final TagFilters OF_GROUPS = new TagFilters(
            Map.of(
                    "tag-key",
                    TagDescription::key,
                    "tag-value",
                    TagDescription::value,
                    OF_ONE_KEY,
                    TagDescription::value),
            "[tag-key, tag-value, tag:<key>]");

    /**
     * Which tags a filter lets pass.
     *
     * @throws dev.resilient.wire.ServiceError {@code ValidationError} if there is no filter of its name
     */
    Predicate<TagDescription> test(Filter filter) {
        String name = filter.name() == null ? "" : filter.name();
        boolean ofOneKey = name.startsWith(OF_ONE_KEY) && values.containsKey(OF_ONE_KEY);
        Function<TagDescription, String> value = values.get(ofOneKey ? OF_ONE_KEY : name);
        if (value == null) {
            throw Errors.validation("Filter type " + name + " is not correct. Allowed Filter types are: " + allowed);
        }
        return tag -> filter.values().contains(value.apply(tag))
                && (!ofOneKey || tag.key().equals(name.substring(OF_ONE_KEY.length())));
    }
}
