package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * What Query and Scan return of each item.
 *
 * @param countOnly whether only the number of items is wanted
 */
record Selection(boolean countOnly, Optional<Projection> projection) {

    static Selection of(@Nullable Select select, Optional<Projection> projection) {
        if (select == null) {
            return new Selection(false, projection);
        }
        return switch (select) {
            case ALL_ATTRIBUTES, COUNT -> {
                refuseIf(
                        projection.isPresent(),
                        () -> Validation.error(
                                "Cannot specify the ProjectionExpression when choosing to get " + select));
                yield new Selection(select == Select.COUNT, projection);
            }
            case SPECIFIC_ATTRIBUTES -> {
                refuseIf(
                        projection.isEmpty(),
                        () -> Validation.error(
                                "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
                                        + "SPECIFIC_ATTRIBUTES"));
                yield new Selection(false, projection);
            }
            case ALL_PROJECTED_ATTRIBUTES, UNKNOWN_TO_SDK_VERSION ->
                throw Validation.invalidParameter(
                        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        };
    }

    List<Map<String, AttributeValue>> of(List<Item> items) {
        return items.stream().map(item -> Items.projected(item, projection)).toList();
    }
}
