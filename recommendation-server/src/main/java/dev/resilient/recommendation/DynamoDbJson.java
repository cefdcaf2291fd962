package dev.resilient.recommendation;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes attribute values as DynamoDB does: {@code {"S": "text"}}, {@code {"L": [{"N": "1"}]}}, and so on. */
final class DynamoDbJson {
    private DynamoDbJson() {}

    /** Writes each attribute as a field of the object that {@code json} is in. */
    static void writeFields(Map<String, AttributeValue> attributes, JsonGenerator json) throws IOException {
        for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
            json.writeFieldName(attribute.getKey());
            write(attribute.getValue(), json);
        }
    }

    private static void write(AttributeValue value, JsonGenerator json) throws IOException {
        json.writeStartObject();
        switch (value.type()) {
            case S -> json.writeStringField("S", value.s());
            case N -> json.writeStringField("N", value.n());
            case B -> json.writeBinaryField("B", value.b().asByteArrayUnsafe());
            case BOOL -> json.writeBooleanField("BOOL", value.bool());
            case NUL -> json.writeBooleanField("NULL", value.nul());
            case SS -> writeStrings("SS", value.ss(), json);
            case NS -> writeStrings("NS", value.ns(), json);
            case BS -> {
                json.writeArrayFieldStart("BS");
                for (var element : value.bs()) {
                    json.writeBinary(element.asByteArrayUnsafe());
                }
                json.writeEndArray();
            }
            case L -> {
                json.writeArrayFieldStart("L");
                for (AttributeValue element : value.l()) {
                    write(element, json);
                }
                json.writeEndArray();
            }
            case M -> {
                json.writeObjectFieldStart("M");
                writeFields(value.m(), json);
                json.writeEndObject();
            }
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IOException("an attribute value of a type that the SDK does not know");
        }
        json.writeEndObject();
    }

    private static void writeStrings(String type, List<String> strings, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(type);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }
}
