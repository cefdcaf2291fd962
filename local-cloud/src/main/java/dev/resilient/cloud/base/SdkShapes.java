package dev.resilient.cloud.base;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Copies between the SDK's classes by the names of their members. EC2's model has several classes for one thing, as a launch
 * template's block devices in a request, in a response, and those of an instance.
 */
public final class SdkShapes {

    private SdkShapes() {}

    /**
     * Copies every member that {@code from} has a value for into the builder {@code to}, where it has a member of that name;
     * the others of {@code to} stay as they are.
     */
    public static <B extends SdkPojo> B copy(SdkPojo from, B to) {
        Map<String, SdkField<?>> sources = new HashMap<>();
        from.sdkFields().forEach(field -> sources.put(field.memberName().toLowerCase(Locale.ROOT), field));
        for (SdkField<?> target : to.sdkFields()) {
            SdkField<?> source = sources.get(target.memberName().toLowerCase(Locale.ROOT));
            Object value = source == null ? null : source.getValueOrDefault(from);
            if (value != null && !(value instanceof SdkAutoConstructList<?>)) {
                target.set(to, convert(value, target));
            }
        }
        return to;
    }

    private static @Nullable Object convert(Object value, SdkField<?> target) {
        if (value instanceof SdkPojo pojo) {
            return build(copy(pojo, target.constructor().get()));
        }
        if (value instanceof List<?> list) {
            SdkField<?> member = target.getTrait(ListTrait.class).memberFieldInfo();
            List<@Nullable Object> converted = new ArrayList<>();
            list.forEach(element -> converted.add(element == null ? null : convert(element, member)));
            return converted;
        }
        return value;
    }

    private static Object build(SdkPojo builder) {
        return ((Buildable) builder).build();
    }
}
