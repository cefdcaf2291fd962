package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Refuses what AWS has and the local cloud has not, so that nothing is silently ignored. */
final class Unsupported {
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

    /** Refuses a parameter if it is there. */
    static void refuse(String parameter, boolean present) {
        refuseIf(
                present, () -> Validation.error("The parameter " + parameter + " is not supported by the local cloud"));
    }

    /** Refuses a request with any of the parameters that expressions have replaced. */
    static void refuseLegacy(SdkPojo request) {
        for (SdkField<?> field : request.sdkFields()) {
            String instead = LEGACY.get(field.memberName());
            if (instead != null && SupportedMembers.asksForSomething(field.getValueOrDefault(request))) {
                boolean filters = request.sdkFields().stream()
                        .anyMatch(other -> other.memberName().equals("FilterExpression"));
                throw Validation.error("The legacy parameter " + field.memberName()
                        + " is not supported by the local cloud; use "
                        + (filters && instead.equals("ConditionExpression") ? "FilterExpression" : instead)
                        + " instead");
            }
        }
    }
}
