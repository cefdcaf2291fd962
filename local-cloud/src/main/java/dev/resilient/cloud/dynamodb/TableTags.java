package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.refuseIf;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;

/** TagResource, UntagResource and ListTagsOfResource: the tags of tables, which the API names by ARN. */
record TableTags(Tables tables) {
    private static final int MAX_TAGS = 50;

    void tag(TagResourceRequest request) {
        List<String> changed = checked(request.tags()).stream().map(Tag::key).toList();
        change(request.resourceArn(), tags -> Stream.concat(without(changed, tags), request.tags().stream())
                .toList());
    }

    void untag(UntagResourceRequest request) {
        change(request.resourceArn(), tags -> without(request.tagKeys(), tags).toList());
    }

    private static Stream<Tag> without(List<String> keys, List<Tag> tags) {
        return tags.stream().filter(tag -> !keys.contains(tag.key()));
    }

    /** All tags at once, by key: a table has at most 50. */
    ListTagsOfResourceResponse list(ListTagsOfResourceRequest request) {
        List<Tag> byKey = require(request.resourceArn()).tags().stream()
                .sorted(Comparator.comparing(Tag::key))
                .toList();
        return ListTagsOfResourceResponse.builder().tags(byKey).build();
    }

    /** The tags of a request or of a table, if it may have them. */
    static List<Tag> checked(List<Tag> tags) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : tags) {
            refuseIf(tag.key().startsWith("aws:"), "Tag keys starting with 'aws:' are reserved for system use");
            refuseIf(!keys.add(tag.key()), () -> "Duplicate tag key found: " + tag.key());
        }
        refuseIf(tags.size() > MAX_TAGS, "A table can have at most " + MAX_TAGS + " tags");
        return tags;
    }

    private void change(String arn, UnaryOperator<List<Tag>> change) {
        tables.replace(require(arn).description().tableArn(), table -> table.with(checked(change.apply(table.tags()))));
    }

    private Table require(String arn) {
        return tables.find(arn)
                .filter(table -> table.description().tableArn().equals(arn))
                .orElseThrow(() -> TableErrors.arnNotFound(arn));
    }
}
