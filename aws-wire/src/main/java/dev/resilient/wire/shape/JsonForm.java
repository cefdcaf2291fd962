package dev.resilient.wire.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.SdkPojo;

/** The SDK's shapes as the JSON protocols send them; also for whoever keeps one, since it is small and quickly made. Thread-safe. */
public final class JsonForm {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final ShapeReader READER = new ShapeReader(TimestampForm.UNIX);

    private JsonForm() {}

    /** An object of every member that has a value. */
    public static byte[] write(SdkPojo shape) {
        return bytes(json -> new JsonShapeWriter(json).write(shape));
    }

    /**
     * What {@link #write} has written.
     *
     * @param builder of the shape's class
     * @throws UncheckedIOException if it is not JSON
     */
    public static Object read(byte[] written, SdkPojo builder) {
        try {
            return shape(JSON.readTree(written), builder);
        } catch (IOException malformed) {
            throw new UncheckedIOException("is no " + builder.getClass().getSimpleName(), malformed);
        }
    }

    /** Whatever stands in {@code body}; an empty object if it is empty. */
    public static JsonNode parse(byte[] body) throws IOException {
        return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    }

    /** What the JSON says of the shape that {@code builder} builds. */
    public static Object shape(JsonNode json, SdkPojo builder) {
        return READER.read(builder, new JsonValue(json));
    }

    /** What was written, as UTF-8. */
    public static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.getFactory().createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes one JSON text. */
    public interface Writing {
        /** Does it. */
        void to(JsonGenerator json) throws IOException;
    }
}
