package dev.resilient.endtoend.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** The shapes of the SDK for Java from and as JSON in AWS's own names of members, as boto3 and the CLI have it. */
final class SdkShapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SdkShapes() {}

    /** The shape that a builder makes of the members that are given; others, such as an object's body, are passed over. */
    static Object read(SdkPojo builder, JsonNode source) {
        for (SdkField<?> field : builder.sdkFields()) {
            if (source.hasNonNull(name(field))) {
                field.set(builder, value(field, source.get(name(field))));
            }
        }
        return ((Buildable) builder).build();
    }

    /** DynamoDB's NULL cannot be a name in Java; it is the one member that the SDK calls otherwise than AWS. */
    private static String name(SdkField<?> field) {
        return field.memberName().equals("NUL") ? "NULL" : field.memberName();
    }

    private static Object value(SdkField<?> field, JsonNode source) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> read(field.constructor().get(), source);
            case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), source);
            case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), source);
            case STRING -> source.asText();
            case INTEGER -> source.intValue();
            case LONG -> source.longValue();
            case FLOAT -> source.floatValue();
            case DOUBLE -> source.doubleValue();
            case BOOLEAN -> source.booleanValue();
            case INSTANT -> Instant.parse(source.textValue());
            case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(source.textValue()));
            case NULL, DOCUMENT, BIG_DECIMAL, SHORT, BYTE -> throw new IllegalArgumentException(field.memberName());
        };
    }

    private static List<Object> list(SdkField<?> element, JsonNode source) {
        List<Object> list = new ArrayList<>();
        source.forEach(each -> list.add(value(element, each)));
        return list;
    }

    private static Map<String, Object> map(SdkField<?> element, JsonNode source) {
        Map<String, Object> map = new LinkedHashMap<>();
        source.properties().forEach(entry -> map.put(entry.getKey(), value(element, entry.getValue())));
        return map;
    }

    /** Every member of a shape that has a value; a list that the service did not send is none. */
    static ObjectNode write(SdkPojo shape) {
        ObjectNode object = JSON.objectNode();
        for (SdkField<?> field : shape.sdkFields()) {
            Object value = field.getValueOrDefault(shape);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                object.set(name(field), written(value));
            }
        }
        return object;
    }

    private static JsonNode written(Object value) {
        return switch (value) {
            case SdkPojo shape -> write(shape);
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode();
                list.forEach(each -> array.add(written(each)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = JSON.objectNode();
                map.forEach((key, each) -> object.set(key.toString(), written(each)));
                yield object;
            }
            case SdkBytes bytes -> JSON.textNode(Base64.getEncoder().encodeToString(bytes.asByteArray()));
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            default -> JSON.textNode(value.toString());
        };
    }
}
