package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Refuses what AWS has and the local cloud has not, so that nothing is silently ignored. */
final class Unsupported {
    private static final Set<String> PARAMETERS = Set.of("""
        LocalSecondaryIndexes GlobalSecondaryIndexes StreamSpecification SSESpecification TableClass WarmThroughput
        OnDemandThroughput ResourcePolicy DeletionProtectionEnabled
        AttributesToGet AttributeUpdates Expected ConditionalOperator KeyConditions QueryFilter ScanFilter
        Segment TotalSegments\
        """.split("\\s+"));

    private Unsupported() {}

    /** Refuses a request with a parameter that asks for something that is not supported. */
    static void refuse(SdkPojo request) {
        for (SdkField<?> field : request.sdkFields()) {
            refuseIf(
                    PARAMETERS.contains(field.memberName()) && asks(field.getValueOrDefault(request)),
                    () -> "The parameter " + field.memberName() + " is not supported by the local cloud");
        }
    }

    /** Whether it is more than what a table is anyway: of the standard class, without whatever is not enabled. */
    private static boolean asks(@Nullable Object value) {
        return value instanceof SdkPojo shape
                ? shape.sdkFields().stream().anyMatch(field -> asks(field.getValueOrDefault(shape)))
                : SupportedMembers.asksForSomething(value) && !"STANDARD".equals(value);
    }
}
