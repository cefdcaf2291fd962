package dev.resilient.wire.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TraitType;

/** Writes the SDK's shapes as JSON, guided by the shapes' own description of themselves. */
public record JsonShapeWriter(JsonGenerator json) {

    /** Writes an object of every member that has a value. */
    void write(SdkPojo shape) throws IOException {
        json.writeStartObject();
        members(shape);
        json.writeEndObject();
    }

    /** Writes every member that has a value into an object that has begun. */
    public void members(SdkPojo shape) throws IOException {
        for (SdkField<?> field : shape.sdkFields()) {
            Object value = field.getValueOrDefault(shape);
            if (!XmlShapeWriter.isAbsent(value)) {
                json.writeFieldName(field.locationName());
                value(field, value);
            }
        }
    }

    private void value(SdkField<?> field, Object value) throws IOException {
        switch (value) {
            case SdkPojo shape -> write(shape);
            case List<?> list -> list(field, list);
            case Map<?, ?> map -> map(field, map);
            case SdkBytes bytes -> json.writeBinary(bytes.asByteArrayUnsafe());
            case Instant moment -> moment(field, moment);
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Float number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }

    private void list(SdkField<?> field, List<?> list) throws IOException {
        ListTrait trait = field.getTrait(ListTrait.class, TraitType.LIST_TRAIT);
        json.writeStartArray();
        for (Object each : list) {
            value(trait.memberFieldInfo(), each);
        }
        json.writeEndArray();
    }

    private void map(SdkField<?> field, Map<?, ?> map) throws IOException {
        MapTrait trait = field.getTrait(MapTrait.class, TraitType.MAP_TRAIT);
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            value(trait.valueFieldInfo(), entry.getValue());
        }
        json.writeEndObject();
    }

    private void moment(SdkField<?> field, Instant moment) throws IOException {
        TimestampForm form = TimestampForm.of(field).orElse(TimestampForm.UNIX);
        if (form == TimestampForm.UNIX) {
            json.writeNumber(new BigDecimal(form.format(moment)));
        } else {
            json.writeString(form.format(moment));
        }
    }
}
