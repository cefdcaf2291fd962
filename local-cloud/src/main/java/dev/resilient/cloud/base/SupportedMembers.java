package dev.resilient.cloud.base;

import dev.resilient.wire.ServiceError;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The members of a request that an operation honours. Anything else that a caller sets is refused by name, so that nobody
 * believes in a setting that does nothing. {@code false} and empty collections ask for nothing and pass.
 *
 * @param names as on the wire: {@code AutoScalingGroupName}
 */
public record SupportedMembers(Set<String> names) {

    /** Keeps its own copy of the names. */
    public SupportedMembers {
        names = Set.copyOf(names);
    }

    /** These members. */
    public static SupportedMembers of(String... names) {
        return new SupportedMembers(Set.of(names));
    }

    /**
     * Refuses a request that sets a member which is not honoured.
     *
     * @throws ServiceError {@code ValidationError}, naming the member
     */
    public void check(SdkPojo request) {
        for (SdkField<?> field : request.sdkFields()) {
            if (!names.contains(field.locationName()) && asksForSomething(field.getValueOrDefault(request))) {
                throw ServiceError.badRequest(
                        "ValidationError", "The parameter " + field.locationName() + " is not supported by this cloud");
            }
        }
    }

    private static boolean asksForSomething(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case Collection<?> elements -> !elements.isEmpty();
            case Map<?, ?> entries -> !entries.isEmpty();
            case Object other -> true;
        };
    }
}
