package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Members;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Refuses what AWS has and the local cloud has not, so that nothing is silently ignored. */
final class Unsupported {
    private static final Set<String> PARAMETERS = Set.of(
            "LocalSecondaryIndexes",
            "GlobalSecondaryIndexes",
            "GlobalSecondaryIndexUpdates",
            "StreamSpecification",
            "SSESpecification",
            "ReplicaUpdates",
            "TableClass",
            "WarmThroughput",
            "OnDemandThroughput",
            "ResourcePolicy");

    /** What replaces each of the parameters that came before expressions. */
    private static final Map<String, String> LEGACY = Map.of(
            "AttributesToGet", "ProjectionExpression",
            "AttributeUpdates", "UpdateExpression",
            "Expected", "ConditionExpression",
            "ConditionalOperator", "ConditionExpression",
            "KeyConditions", "KeyConditionExpression",
            "QueryFilter", "FilterExpression",
            "ScanFilter", "FilterExpression");

    private Unsupported() {}

    /** Refuses a request with a parameter that asks for something that is not supported, or that expressions have replaced. */
    static void refuse(SdkPojo request) {
        for (SdkField<?> field : request.sdkFields()) {
            String parameter = field.memberName();
            if (!asks(field.getValueOrDefault(request))) {
                continue;
            }
            refuseIf(
                    PARAMETERS.contains(parameter),
                    () -> Validation.error("The parameter " + parameter + " is not supported by the local cloud"));
            String instead = LEGACY.get(parameter);
            if (instead != null) {
                boolean filters = instead.equals("ConditionExpression") && Members.has(request, "FilterExpression");
                throw Validation.error(
                        "The legacy parameter " + parameter + " is not supported by the local cloud; use "
                                + (filters ? "FilterExpression" : instead) + " instead");
            }
        }
    }

    /** Whether it is more than what a table is anyway: of the standard class, without whatever is not enabled. */
    private static boolean asks(@Nullable Object value) {
        return value instanceof SdkPojo shape
                ? shape.sdkFields().stream().anyMatch(field -> asks(field.getValueOrDefault(shape)))
                : SupportedMembers.asksForSomething(value) && !"STANDARD".equals(value);
    }
}
