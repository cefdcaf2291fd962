package dev.resilient.wire.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** A value in a request, in whatever form the wire has it: form parameters, JSON, XML. The type asked for is the caller's. */
public interface WireValue {

    /** The value of a member, taken as a structure; empty if it is absent. */
    Optional<WireValue> member(SdkField<?> field);

    /** The values, taken as a list. */
    List<WireValue> elements(ListTrait list);

    /** The values by key, taken as a map. */
    Map<String, WireValue> entries(MapTrait map);

    /** The text, taken as a single value of this type. */
    String text(MarshallingKnownType type);

    /** What cannot be read as the type that is called for. */
    @SuppressWarnings("serial")
    final class Malformed extends RuntimeException {
        private final String message;

        Malformed(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
