package dev.resilient.cloud.base;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

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
            field(from, field.memberName())
                    .filter(same -> same.marshallingType().equals(field.marshallingType()))
                    .flatMap(same -> value(from, same))
                    .ifPresent(value -> field.set(to, converted(value, field)));
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

    /** The value of a member by its name in the API; empty if the shape has no such member, or it is not set. */
    public static <T> Optional<T> member(SdkPojo shape, String name, Class<T> type) {
        return field(shape, name).flatMap(field -> value(shape, field)).map(type::cast);
    }

    private static Optional<SdkField<?>> field(SdkPojo shape, String name) {
        return shape.sdkFields().stream()
                .filter(field -> field.memberName().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Optional<Object> value(SdkPojo shape, SdkField<?> field) {
        return Optional.<Object>ofNullable(field.getValueOrDefault(shape))
                .filter(value ->
                        !(value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?>));
    }
}
