package dev.resilient.wire.shape;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * A value in XML: the elements of one name below one parent. All but flattened lists have one.
 *
 * @param elements at least one
 */
public record XmlValue(List<Element> elements) implements WireValue {
    private static final int DEEPEST = 64;
    private static final XMLInputFactory READERS = readers();

    /** An element with its text and the elements in it, by name without prefix. */
    record Element(StringBuilder text, Map<String, List<Element>> children) {
        Element() {
            this(new StringBuilder(), new LinkedHashMap<>());
        }
    }

    /** The root element of a document. Document type definitions are refused. */
    public static XmlValue parse(byte[] document) {
        try {
            XMLStreamReader reader = READERS.createXMLStreamReader(new ByteArrayInputStream(document));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new Malformed("a document type definition is not accepted");
                }
            }
            return new XmlValue(List.of(element(reader, 0)));
        } catch (XMLStreamException | NoSuchElementException broken) {
            throw new Malformed("the document is not well-formed");
        }
    }

    private static Element element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new Malformed("the document is nested too deeply");
        }
        Element element = new Element();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.isStartElement()) {
                List<Element> siblings =
                        element.children.computeIfAbsent(reader.getLocalName(), absent -> new ArrayList<>());
                siblings.add(element(reader, depth + 1));
            } else if (reader.isCharacters()) {
                element.text.append(reader.getText());
            }
        }
        return element;
    }

    @Override
    public Optional<WireValue> member(SdkField<?> field) {
        return named(field.locationName());
    }

    @Override
    public List<WireValue> elements(ListTrait list) {
        String name = list.memberLocationName();
        List<Element> found = list.isFlattened() ? elements : children(name == null ? "member" : name);
        return found.stream()
                .<WireValue>map(element -> new XmlValue(List.of(element)))
                .toList();
    }

    @Override
    public Map<String, WireValue> entries(MapTrait map) {
        Map<String, WireValue> entries = new LinkedHashMap<>();
        for (Element element : map.isFlattened() ? elements : children("entry")) {
            XmlValue entry = new XmlValue(List.of(element));
            WireValue key = entry.named(map.keyLocationName()).orElseThrow(() -> new Malformed("an entry has no key"));
            WireValue value =
                    entry.named(map.valueLocationName()).orElseThrow(() -> new Malformed("an entry has no value"));
            entries.put(key.text(MarshallingKnownType.STRING), value);
        }
        return entries;
    }

    @Override
    public String text(MarshallingKnownType type) {
        String text = elements.getFirst().text.toString();
        return type == MarshallingKnownType.STRING ? text : text.strip();
    }

    private Optional<WireValue> named(String name) {
        List<Element> found = children(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(new XmlValue(found));
    }

    private List<Element> children(String name) {
        return elements.getFirst().children.getOrDefault(name, List.of());
    }

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
