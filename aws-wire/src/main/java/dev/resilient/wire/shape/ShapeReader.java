package dev.resilient.wire.shape;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TraitType;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills the SDK's shapes from values on the wire, guided by the shapes' own description of themselves.
 *
 * @param timestamps the form of timestamps where a member does not say
 */
public record ShapeReader(TimestampForm timestamps) {

    /** The shape that {@code builder} makes of the members in {@code source}. */
    public Object read(SdkPojo builder, WireValue source) {
        for (SdkField<?> field : builder.sdkFields()) {
            Optional<WireValue> value = source.member(field);
            if (value.isPresent()) {
                field.set(builder, value(field, value.get()));
            }
        }
        return build(builder);
    }

    /** Ends the building of a shape. */
    public static Object build(SdkPojo builder) {
        return ((Buildable) builder).build();
    }

    /** The value of {@code field} in the form in which the field's setter wants it. */
    @Nullable
    public Object value(SdkField<?> field, WireValue value) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        return switch (type) {
            case SDK_POJO -> read(field.constructor().get(), value);
            case LIST -> list(field.getTrait(ListTrait.class, TraitType.LIST_TRAIT), value);
            case MAP -> map(field.getTrait(MapTrait.class, TraitType.MAP_TRAIT), value);
            case NULL, DOCUMENT -> throw new WireValue.Malformed(field.memberName() + " cannot be sent");
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, INSTANT, SDK_BYTES, SHORT, BYTE ->
                scalar(field, type, value.text(type));
        };
    }

    private List<Object> list(ListTrait trait, WireValue value) {
        List<WireValue> elements = value.elements(trait);
        List<Object> list = new ArrayList<>(elements.size());
        for (WireValue element : elements) {
            list.add(value(trait.memberFieldInfo(), element));
        }
        return list;
    }

    private Map<String, Object> map(MapTrait trait, WireValue value) {
        Map<String, Object> map = new LinkedHashMap<>();
        value.entries(trait).forEach((key, each) -> map.put(key, value(trait.valueFieldInfo(), each)));
        return map;
    }

    /** The value of a single {@code text} of {@code field}. */
    public Object scalar(SdkField<?> field, MarshallingKnownType type, String text) {
        try {
            return switch (type) {
                case STRING -> text;
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case SHORT -> Short.valueOf(text);
                case BYTE -> Byte.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BIG_DECIMAL -> new BigDecimal(text);
                case BOOLEAN -> bool(text);
                case INSTANT -> TimestampForm.of(field).orElse(timestamps).parse(text);
                case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
                case NULL, DOCUMENT, LIST, MAP, SDK_POJO -> throw new IllegalArgumentException(text);
            };
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw new WireValue.Malformed(
                    "The value '" + text + "' of '" + field.memberName() + "' is not a valid " + typeName(type) + ".");
        }
    }

    private static Boolean bool(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException(text);
    }

    private static String typeName(MarshallingKnownType type) {
        return switch (type) {
            case INSTANT -> "timestamp";
            case SDK_BYTES -> "base64 text";
            case INTEGER, LONG, SHORT, BYTE -> "integer";
            case FLOAT, DOUBLE, BIG_DECIMAL -> "number";
            case BOOLEAN -> "boolean";
            case STRING, NULL, DOCUMENT, LIST, MAP, SDK_POJO -> "value";
        };
    }
}
