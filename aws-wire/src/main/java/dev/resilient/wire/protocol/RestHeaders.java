package dev.resilient.wire.protocol;

import dev.resilient.wire.shape.TimestampForm;
import dev.resilient.wire.shape.XmlShapeWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** Writes the members of S3's responses that are headers. */
final class RestHeaders {
    private RestHeaders() {}

    /** Adds every header that has a value. */
    static void write(SdkPojo response, Map<String, String> headers) {
        for (SdkField<?> field : response.sdkFields()) {
            Object value = field.getValueOrDefault(response);
            if (field.location() == MarshallLocation.HEADER && !XmlShapeWriter.isAbsent(value)) {
                write(field, value, headers);
            }
        }
    }

    private static void write(SdkField<?> field, Object value, Map<String, String> headers) {
        String name = field.unmarshallLocationName();
        switch (value) {
            case Map<?, ?> map -> map.forEach((key, each) -> headers.put(name + key, String.valueOf(each)));
            case List<?> list ->
                headers.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
            case Instant moment ->
                headers.put(
                        name,
                        TimestampForm.of(field).orElse(TimestampForm.RFC_822).format(moment));
            default -> headers.put(name, value.toString());
        }
    }
}
