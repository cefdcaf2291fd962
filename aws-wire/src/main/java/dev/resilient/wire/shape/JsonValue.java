package dev.resilient.wire.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** A value in JSON. A null is the same as no value. */
record JsonValue(JsonNode node) implements WireValue {

    @Override
    public Optional<WireValue> member(SdkField<?> field) {
        require(node.isObject(), "Start of structure or map found where not expected.");
        return present(node.get(field.locationName()));
    }

    @Override
    public List<WireValue> elements(ListTrait list) {
        require(node.isArray(), "Expected list or null");
        List<WireValue> elements = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            require(!element.isNull(), "A list must not contain null");
            elements.add(new JsonValue(element));
        }
        return elements;
    }

    @Override
    public Map<String, WireValue> entries(MapTrait map) {
        require(node.isObject(), "Expected map or null");
        Map<String, WireValue> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            present(entry.getValue()).ifPresent(value -> entries.put(entry.getKey(), value));
        }
        return entries;
    }

    @Override
    public String text(MarshallingKnownType type) {
        boolean fits =
                switch (type) {
                    case STRING, SDK_BYTES -> node.isTextual();
                    case BOOLEAN -> node.isBoolean();
                    case INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, INSTANT -> node.isNumber();
                    case NULL, LIST, MAP, SDK_POJO, DOCUMENT -> false;
                };
        require(fits, kind() + " can not be converted to " + target(type));
        return node.asText();
    }

    private static Optional<WireValue> present(@Nullable JsonNode node) {
        return node == null || node.isNull() ? Optional.empty() : Optional.of(new JsonValue(node));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new Malformed(message);
        }
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case STRING -> "STRING_VALUE";
            case NUMBER -> node.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE";
            case BOOLEAN -> node.asBoolean() ? "TRUE_VALUE" : "FALSE_VALUE";
            case ARRAY -> "START_ARRAY";
            case OBJECT -> "START_OBJECT";
            case NULL, MISSING, BINARY, POJO -> "NULL_VALUE";
        };
    }

    private static String target(MarshallingKnownType type) {
        return switch (type) {
            case STRING -> "String";
            case SDK_BYTES -> "a Blob";
            case BOOLEAN -> "Boolean";
            case INTEGER -> "Integer";
            case LONG -> "Long";
            case SHORT -> "Short";
            case BYTE -> "Byte";
            case FLOAT -> "Float";
            case DOUBLE, BIG_DECIMAL -> "Double";
            case INSTANT -> "milliseconds since epoch";
            case NULL, LIST, MAP, SDK_POJO, DOCUMENT -> "this type";
        };
    }
}
