package dev.resilient.cloud.base;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * Requests, responses and resources as the SDK shapes them: what has the same name in two of them is the same thing, so that a
 * request's values go into a resource, and a resource's into a response, as they are.
 */
public final class Shapes {
    private Shapes() {}

    /**
     * Gives {@code to} each member that is set in {@code from}, where it has one of the same name and kind: what has several
     * classes in the SDK, as a launch template's block devices in a request, in a response, and those of an instance, becomes the
     * one that {@code to} has. Its other members stay as they are.
     *
     * @param to a builder
     * @return {@code to}
     */
    public static <B extends SdkPojo> B copy(SdkPojo from, B to) {
        for (SdkField<?> field : to.sdkFields()) {
            SdkField<?> same = named(from, field.memberName());
            if (same != null && same.marshallingType().equals(field.marshallingType())) {
                Object value = value(from, same);
                if (value != null) {
                    field.set(to, converted(value, field));
                }
            }
        }
        return to;
    }

    private static Object converted(Object value, SdkField<?> field) {
        return switch (value) {
            case SdkPojo shape -> ((Buildable) copy(shape, field.constructor().get())).build();
            case List<?> list
            when field.containsTrait(ListTrait.class) -> {
                SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
                yield list.stream().map(each -> converted(each, element)).toList();
            }
            default -> value;
        };
    }

    /** The value of a member by its name in the API or on the wire; empty if the shape has no such member, or it is not set. */
    public static <T> Optional<T> member(SdkPojo shape, String name, Class<T> type) {
        SdkField<?> field = field(shape, name);
        return field == null ? Optional.empty() : Optional.ofNullable(type.cast(value(shape, field)));
    }

    /** Whether the shape has such a member, set or not. */
    public static boolean has(SdkPojo shape, String name) {
        return field(shape, name) != null;
    }

    /** Gives a member of a builder a value, if there is such a member; null for none. */
    public static void set(SdkPojo builder, String name, @Nullable Object value) {
        SdkField<?> field = field(builder, name);
        if (field != null) {
            field.set(builder, value);
        }
    }

    /** The same shape with another value of a member; null for none. */
    public static SdkPojo with(SdkPojo shape, String name, @Nullable Object value) {
        return with(shape, Collections.singletonMap(name, value));
    }

    /** The same shape with other values of these members. */
    public static SdkPojo with(SdkPojo shape, Map<String, ? extends @Nullable Object> members) {
        var builder = ((ToCopyableBuilder<?, ?>) shape).toBuilder();
        members.forEach((name, value) -> set((SdkPojo) builder, name, value));
        return (SdkPojo) builder.build();
    }

    private static @Nullable SdkField<?> field(SdkPojo shape, String name) {
        SdkField<?> named = named(shape, name);
        if (named == null) {
            for (SdkField<?> field : shape.sdkFields()) {
                if (field.locationName().equals(name)) {
                    return field;
                }
            }
        }
        return named;
    }

    private static @Nullable SdkField<?> named(SdkPojo shape, String name) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.memberName().equalsIgnoreCase(name)) {
                return field;
            }
        }
        return null;
    }

    private static @Nullable Object value(SdkPojo shape, SdkField<?> field) {
        Object value = field.getValueOrDefault(shape);
        return value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?> ? null : value;
    }
}
