package dev.resilient.cloud.base;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** Members that several shapes of a service have in common, by their names in the API's model or on the wire. */
public final class Members {
    private Members() {}

    /** The value of a member; empty if the shape has no such member, or nothing in it. */
    public static <T> Optional<T> get(SdkPojo shape, String member, Class<T> type) {
        SdkField<?> field = field(shape, member);
        Object value = field == null ? null : field.getValueOrDefault(shape);
        return value instanceof SdkAutoConstructMap<?, ?> || value instanceof SdkAutoConstructList<?>
                ? Optional.empty()
                : Optional.ofNullable(type.cast(value));
    }

    /** Whether the shape has such a member, with or without a value. */
    public static boolean has(SdkPojo shape, String member) {
        return field(shape, member) != null;
    }

    /** Gives a member a value, if the shape has it. */
    public static void set(SdkPojo builder, String member, @Nullable Object value) {
        SdkField<?> field = field(builder, member);
        if (field != null) {
            field.set(builder, value);
        }
    }

    /** Gives every member of the builder the value that the member of this name has in a shape, if it has one there. */
    public static <B extends SdkPojo> B copy(SdkPojo from, B builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            get(from, field.memberName(), Object.class).ifPresent(value -> field.set(builder, value));
        }
        return builder;
    }

    /** The same shape with another value of a member; null for none. */
    public static SdkPojo with(SdkPojo shape, String member, @Nullable Object value) {
        return with(shape, Collections.singletonMap(member, value));
    }

    /** The same shape with other values of these members. */
    public static SdkPojo with(SdkPojo shape, Map<String, ? extends @Nullable Object> members) {
        var builder = ((ToCopyableBuilder<?, ?>) shape).toBuilder();
        members.forEach((member, value) -> set((SdkPojo) builder, member, value));
        return (SdkPojo) builder.build();
    }

    private static @Nullable SdkField<?> field(SdkPojo shape, String member) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.memberName().equals(member) || field.locationName().equals(member)) {
                return field;
            }
        }
        return null;
    }
}
