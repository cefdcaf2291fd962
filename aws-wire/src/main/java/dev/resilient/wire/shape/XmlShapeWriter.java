package dev.resilient.wire.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TraitType;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.core.traits.XmlAttributesTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes the SDK's shapes as XML, guided by the shapes' own description of themselves. One object writes one document. */
public final class XmlShapeWriter {
    private final TimestampForm timestamps;
    private final StringBuilder xml = new StringBuilder(1024).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    /** A writer of timestamps as most services write them. */
    public XmlShapeWriter() {
        this(TimestampForm.ISO_8601);
    }

    /** A writer of timestamps in this form, unless a member asks for another. */
    public XmlShapeWriter(TimestampForm timestamps) {
        this.timestamps = timestamps;
    }

    /** Opens an element with a default namespace. */
    public XmlShapeWriter open(String name, String namespace) {
        xml.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
        return this;
    }

    /** Opens an element. */
    public XmlShapeWriter open(String name) {
        xml.append('<').append(name).append('>');
        return this;
    }

    /** Closes the element. */
    public XmlShapeWriter close(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }

    /** Writes an element that holds nothing but text. */
    public XmlShapeWriter text(String name, String value) {
        open(name);
        escape(value);
        return close(name);
    }

    /** Writes text. */
    public XmlShapeWriter text(String value) {
        escape(value);
        return this;
    }

    /** Writes every member that has a value and belongs into a body, not into headers. */
    public XmlShapeWriter members(SdkPojo shape) {
        for (SdkField<?> field : shape.sdkFields()) {
            Object value = field.getValueOrDefault(shape);
            boolean attribute = field.containsTrait(XmlAttributeTrait.class, TraitType.XML_ATTRIBUTE_TRAIT);
            if (field.location() == MarshallLocation.PAYLOAD && !attribute && !isAbsent(value)) {
                value(field.unmarshallLocationName(), field, value);
            }
        }
        return this;
    }

    /** The document as UTF-8. */
    public byte[] bytes() {
        return xml.toString().getBytes(UTF_8);
    }

    /** Whether a value that the SDK returns means that there is none. */
    public static boolean isAbsent(@Nullable Object value) {
        return value == null || value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?>;
    }

    private void value(String name, SdkField<?> field, Object value) {
        switch (value) {
            case List<?> list -> list(name, field.getTrait(ListTrait.class, TraitType.LIST_TRAIT), list);
            case Map<?, ?> map -> map(name, field.getTrait(MapTrait.class, TraitType.MAP_TRAIT), map);
            case SdkPojo shape -> {
                xml.append('<').append(name);
                attributes(field, shape);
                xml.append('>');
                members(shape).close(name);
            }
            default -> text(name, scalar(field, value));
        }
    }

    private void attributes(SdkField<?> field, SdkPojo shape) {
        if (field.containsTrait(XmlAttributesTrait.class, TraitType.XML_ATTRIBUTES_TRAIT)) {
            field.getTrait(XmlAttributesTrait.class, TraitType.XML_ATTRIBUTES_TRAIT)
                    .attributes()
                    .forEach((name, access) -> {
                        xml.append(' ').append(name).append("=\"");
                        escape(String.valueOf(access.attributeGetter().apply(shape)));
                        xml.append('"');
                    });
        }
    }

    private void list(String name, ListTrait trait, List<?> list) {
        String declared = trait.memberLocationName();
        String element = trait.isFlattened() ? name : declared == null ? "member" : declared;
        if (!trait.isFlattened()) {
            open(name);
        }
        for (Object each : list) {
            value(element, trait.memberFieldInfo(), each);
        }
        if (!trait.isFlattened()) {
            close(name);
        }
    }

    private void map(String name, MapTrait trait, Map<?, ?> map) {
        String entry = trait.isFlattened() ? name : "entry";
        if (!trait.isFlattened()) {
            open(name);
        }
        map.forEach((key, value) -> {
            open(entry).text(trait.keyLocationName(), String.valueOf(key));
            value(trait.valueLocationName(), trait.valueFieldInfo(), value);
            close(entry);
        });
        if (!trait.isFlattened()) {
            close(name);
        }
    }

    private String scalar(SdkField<?> field, Object value) {
        return switch (value) {
            case Instant moment -> TimestampForm.of(field).orElse(timestamps).format(moment);
            case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            default -> value.toString();
        };
    }

    /** Escapes what XML needs escaped; a character that XML 1.0 cannot hold at all becomes the replacement character. */
    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#xD;");
                case '\n', '\t' -> xml.append(character);
                default -> xml.append(character < ' ' || character >= '\uFFFE' ? '\uFFFD' : character);
            }
        }
    }
}
