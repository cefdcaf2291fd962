package dev.resilient.wire.protocol;

import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.shape.ShapeReader;
import dev.resilient.wire.shape.TimestampForm;
import dev.resilient.wire.shape.WireValue;
import dev.resilient.wire.shape.XmlValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.TraitType;

/** Collects the members of one request to S3 from wherever they are: path, query, headers, body. */
final class RestRequestReader {
    private static final ShapeReader IN_BODY = new ShapeReader(TimestampForm.ISO_8601);
    private static final ShapeReader IN_HEADER = new ShapeReader(TimestampForm.RFC_822);
    private final WireRequest request;
    private final RestPath path;

    RestRequestReader(WireRequest request) {
        this.request = request;
        this.path = RestPath.of(request);
    }

    /** The shape that {@code builder} makes of the request. */
    Object read(SdkPojo builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            Object value =
                    switch (field.location()) {
                        case PATH -> empty(path.bucket());
                        case GREEDY_PATH -> empty(path.key());
                        case QUERY_PARAM ->
                            QueryProtocol.value(path.query(), field.locationName())
                                    .map(text -> scalar(IN_BODY, field, text))
                                    .orElse(null);
                        case HEADER -> header(field);
                        case PAYLOAD -> body(field);
                        case STATUS_CODE -> null;
                    };
            if (value != null) {
                field.set(builder, value);
            }
        }
        return ShapeReader.build(builder);
    }

    private @Nullable Object header(SdkField<?> field) {
        String name = field.locationName().toLowerCase(Locale.ROOT);
        return switch (field.marshallingType().getKnownType()) {
            case MAP -> prefixed(name);
            case LIST ->
                request.header(name)
                        .map(text -> Arrays.stream(text.split(","))
                                .map(String::strip)
                                .toList())
                        .orElse(null);
            default ->
                request.header(name)
                        .flatMap(text -> name.equals("content-encoding") ? contentEncoding(text) : Optional.of(text))
                        .map(text -> scalar(IN_HEADER, field, text))
                        .orElse(null);
        };
    }

    /** The encoding of the object itself: the framing of the body is not part of it. */
    private static Optional<String> contentEncoding(String header) {
        List<String> codings = Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(coding -> !coding.equals("aws-chunked"))
                .toList();
        return codings.isEmpty() ? Optional.empty() : Optional.of(String.join(",", codings));
    }

    private @Nullable Map<String, String> prefixed(String prefix) {
        Map<String, String> values = new LinkedHashMap<>();
        request.headers().forEach((name, all) -> {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), String.join(",", all));
            }
        });
        return values.isEmpty() ? null : values;
    }

    private @Nullable Object body(SdkField<?> field) {
        if (request.body().length == 0 || !field.containsTrait(PayloadTrait.class, TraitType.PAYLOAD_TRAIT)) {
            return null;
        }
        try {
            return field.marshallingType().getKnownType() == MarshallingKnownType.STRING
                    ? new String(request.body(), java.nio.charset.StandardCharsets.UTF_8)
                    : IN_BODY.value(field, XmlValue.parse(request.body()));
        } catch (WireValue.Malformed malformed) {
            throw new MalformedBody();
        }
    }

    private static Object scalar(ShapeReader reader, SdkField<?> field, String text) {
        return reader.scalar(field, field.marshallingType().getKnownType(), text);
    }

    private static @Nullable String empty(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The body is not the XML that the operation takes. */
    @SuppressWarnings("serial")
    static final class MalformedBody extends RuntimeException {
        MalformedBody() {
            super("malformed body", null, false, false);
        }
    }
}
