package dev.resilient.wire.shape;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * Members of requests, responses and resources, by their names: what has the same name in two of these shapes is the same thing,
 * so that a request's values go into a resource, and a resource's into a response, as they are.
 */
public final class Members {
    private Members() {}

    /** The value of a member, by its name in the API or on the wire; empty if the shape has no such member, or nothing in it. */
    public static <T> Optional<T> get(SdkPojo shape, String member, Class<T> type) {
        return field(shape, member).flatMap(field -> value(shape, field)).map(type::cast);
    }

    /** The elements of a list; none if the shape has no such member. */
    public static <T> List<T> list(SdkPojo shape, String member, Class<T> type) {
        List<?> elements = get(shape, member, List.class).orElse(List.of());
        return elements.stream().map(type::cast).toList();
    }

    /** Whether the shape has such a member, with or without a value. */
    public static boolean has(SdkPojo shape, String member) {
        return field(shape, member).isPresent();
    }

    /** Gives a member a value, if the shape has it. */
    public static void set(SdkPojo builder, String member, @Nullable Object value) {
        field(builder, member).ifPresent(field -> field.set(builder, value));
    }

    /** The same shape with another value of a member; null for none. */
    public static SdkPojo with(SdkPojo shape, String member, @Nullable Object value) {
        return with(shape, Collections.singletonMap(member, value));
    }

    /** The same shape with what is set in another one. */
    public static SdkPojo with(SdkPojo shape, SdkPojo other) {
        var builder = (SdkPojo) ((ToCopyableBuilder<?, ?>) shape).toBuilder();
        return (SdkPojo) ((Buildable) copy(other, builder)).build();
    }

    /** The same shape with other values of these members. */
    public static SdkPojo with(SdkPojo shape, Map<String, ? extends @Nullable Object> members) {
        var builder = ((ToCopyableBuilder<?, ?>) shape).toBuilder();
        members.forEach((member, value) -> set((SdkPojo) builder, member, value));
        return (SdkPojo) builder.build();
    }

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

    /**
     * Those of {@code all} that a request names. What its lists of ids and names are about is in the members of these names in the
     * singular, as the {@code VpcId} of each for {@code VpcIds}; an empty list asks for nothing.
     */
    public static <T extends SdkPojo> List<T> named(SdkPojo request, Collection<T> all) {
        List<T> left = List.copyOf(all);
        for (SdkField<?> field : request.sdkFields()) {
            String member = field.memberName().replaceFirst("s$", "");
            if (field.getValueOrDefault(request) instanceof List<?> names && !names.isEmpty()) {
                left = left.stream()
                        .filter(each -> field(each, member)
                                .map(same -> names.contains(same.getValueOrDefault(each)))
                                .orElse(true))
                        .toList();
            }
        }
        return left;
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

    private static Optional<SdkField<?>> field(SdkPojo shape, String name) {
        return first(shape, field -> field.memberName().equalsIgnoreCase(name))
                .or(() -> first(shape, field -> field.locationName().equals(name)));
    }

    private static Optional<SdkField<?>> first(SdkPojo shape, Predicate<SdkField<?>> wanted) {
        return shape.sdkFields().stream().filter(wanted).findFirst();
    }

    private static Optional<Object> value(SdkPojo shape, SdkField<?> field) {
        return Optional.<Object>ofNullable(field.getValueOrDefault(shape))
                .filter(value ->
                        !(value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?>));
    }
}
