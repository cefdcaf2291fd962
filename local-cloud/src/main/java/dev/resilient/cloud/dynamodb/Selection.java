package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * What Query and Scan return of each item.
 *
 * @param countOnly whether only the number of items is wanted
 * @param whole the item to take the attributes from, of one that was found
 */
record Selection(boolean countOnly, Optional<Projection> projection, UnaryOperator<Item> whole) {

    static Selection of(@Nullable Select select, Optional<Projection> projection) {
        if (select == null) {
            return new Selection(false, projection, UnaryOperator.identity());
        }
        return switch (select) {
            case ALL_ATTRIBUTES, COUNT -> {
                if (projection.isPresent()) {
                    throw Validation.error("Cannot specify the ProjectionExpression when choosing to get " + select);
                }
                yield new Selection(select == Select.COUNT, projection, UnaryOperator.identity());
            }
            case SPECIFIC_ATTRIBUTES -> {
                if (projection.isEmpty()) {
                    throw Validation.error(
                            "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
                                    + "SPECIFIC_ATTRIBUTES");
                }
                yield new Selection(false, projection, UnaryOperator.identity());
            }
            case ALL_PROJECTED_ATTRIBUTES, UNKNOWN_TO_SDK_VERSION ->
                throw Validation.invalidParameter(
                        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        };
    }

    /** The same, of other items than those that were found. */
    Selection reading(UnaryOperator<Item> other) {
        return new Selection(countOnly, projection, other);
    }

    List<Map<String, AttributeValue>> of(List<Item> items) {
        return items.stream()
                .map(item -> AttributeValues.write(Items.projected(whole.apply(item), projection)))
                .toList();
    }
}
