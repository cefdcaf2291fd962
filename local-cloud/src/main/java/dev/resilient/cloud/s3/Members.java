package dev.resilient.cloud.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Members that many requests and responses of S3 have in common, by their names in the API's model or in paths. */
final class Members {
    private Members() {}

    /** The value of a member; empty if the shape has no such member, or nothing in it. */
    static <T> Optional<T> get(SdkPojo shape, String member, Class<T> type) {
        return field(shape, member)
                .map(field -> field.getValueOrDefault(shape))
                .filter(value -> !(value instanceof SdkAutoConstructMap<?, ?>))
                .map(type::cast);
    }

    /** Gives a member a value, if the shape has it and there is one. */
    static void set(SdkPojo builder, String member, @Nullable Object value) {
        if (value != null) {
            field(builder, member).ifPresent(field -> field.set(builder, value));
        }
    }

    private static Optional<SdkField<?>> field(SdkPojo shape, String member) {
        return shape.sdkFields().stream()
                .filter(field -> field.memberName().equals(member)
                        || field.locationName().equals(member))
                .findFirst();
    }
}
