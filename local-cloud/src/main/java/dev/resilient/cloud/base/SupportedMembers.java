package dev.resilient.cloud.base;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The members of a request that an operation honours. Anything else that a caller sets is refused by name, so that nobody
 * believes in a setting that does nothing. {@code false} and empty collections ask for nothing and pass.
 *
 * @param names as the SDK calls them: {@code AutoScalingGroupName}
 */
public record SupportedMembers(Set<String> names) {

    /** Keeps its own copy of the names. */
    public SupportedMembers {
        names = Set.copyOf(names);
    }

    /** These members, with white space between them. */
    public static SupportedMembers of(String names) {
        return new SupportedMembers(Set.of(names.strip().split("\\s+")));
    }

    /** These and the others. */
    public SupportedMembers and(SupportedMembers others) {
        return new SupportedMembers(
                Stream.of(names, others.names).flatMap(Set::stream).collect(Collectors.toSet()));
    }

    /**
     * Refuses a request that sets a member which is not honoured.
     *
     * @throws ServiceError {@code ValidationError}, naming the member
     */
    public void check(SdkPojo request) {
        check(request, "ValidationError");
    }

    /** Like {@link #check(SdkPojo)}, with an error of this code. */
    public void check(SdkPojo request, String code) {
        for (SdkField<?> field : request.sdkFields()) {
            refuseIf(
                    !names.contains(field.memberName()) && asksForSomething(field.getValueOrDefault(request)),
                    code,
                    "The parameter " + field.memberName() + " is not supported by this cloud");
        }
    }

    /** Whether a member asks for something: null, {@code false} and what is empty do not. */
    public static boolean asksForSomething(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case Collection<?> elements -> !elements.isEmpty();
            case Map<?, ?> entries -> !entries.isEmpty();
            case Object other -> true;
        };
    }
}
