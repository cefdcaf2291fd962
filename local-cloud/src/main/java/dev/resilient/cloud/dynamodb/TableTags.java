package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
        Set<String> changed = keys(checked(request.tags()));
        change(request.resourceArn(), tags -> Stream.concat(
                        tags.stream().filter(tag -> !changed.contains(tag.key())), request.tags().stream())
                .toList());
    }

    void untag(UntagResourceRequest request) {
        change(request.resourceArn(), tags -> tags.stream()
                .filter(tag -> !request.tagKeys().contains(tag.key()))
                .toList());
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
        for (Tag tag : tags) {
            refuseIf(
                    tag.key().startsWith("aws:"),
                    () -> Validation.error("Tag keys starting with 'aws:' are reserved for system use"));
            refuseIf(
                    tags.stream().filter(other -> other.key().equals(tag.key())).count() > 1,
                    () -> Validation.error("Duplicate tag key found: " + tag.key()));
        }
        refuseIf(tags.size() > MAX_TAGS, () -> Validation.error("A table can have at most " + MAX_TAGS + " tags"));
        return tags;
    }

    private static Set<String> keys(List<Tag> tags) {
        return tags.stream().map(Tag::key).collect(Collectors.toSet());
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
