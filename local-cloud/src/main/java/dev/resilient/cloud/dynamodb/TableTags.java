package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;

/** TagResource, UntagResource and ListTagsOfResource: the tags of tables, which the API names by ARN. */
record TableTags(Tables tables) {
    private static final int MAX_TAGS = 50;

    void tag(TagResourceRequest request) {
        Map<String, String> added = read(request.tags());
        change(request.resourceArn(), tags -> {
            tags.putAll(added);
            return limited(tags);
        });
    }

    void untag(UntagResourceRequest request) {
        change(request.resourceArn(), tags -> {
            request.tagKeys().forEach(tags::remove);
            return tags;
        });
    }

    /** All tags at once, by key: a table has at most 50. */
    ListTagsOfResourceResponse list(ListTagsOfResourceRequest request) {
        return ListTagsOfResourceResponse.builder()
                .tags(new TreeMap<>(require(request.resourceArn()).tags())
                        .entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList())
                .build();
    }

    /** The tags of a request by key. */
    static Map<String, String> read(List<Tag> tags) {
        Map<String, String> read = new HashMap<>();
        for (Tag tag : tags) {
            refuseIf(
                    tag.key().startsWith("aws:"),
                    () -> Validation.error("Tag keys starting with 'aws:' are reserved for system use"));
            if (read.put(tag.key(), tag.value()) != null) {
                throw Validation.error("Duplicate tag key found: " + tag.key());
            }
        }
        return limited(read);
    }

    private void change(String arn, UnaryOperator<Map<String, String>> change) {
        tables.replace(
                require(arn).arn(),
                table -> table.withSettings(table.settings().withTags(change.apply(new HashMap<>(table.tags())))));
    }

    private TableRecord require(String arn) {
        return tables.find(arn)
                .filter(table -> table.arn().equals(arn))
                .orElseThrow(() -> TableErrors.arnNotFound(arn));
    }

    private static Map<String, String> limited(Map<String, String> tags) {
        refuseIf(tags.size() > MAX_TAGS, () -> Validation.error("A table can have at most " + MAX_TAGS + " tags"));
        return tags;
    }
}
