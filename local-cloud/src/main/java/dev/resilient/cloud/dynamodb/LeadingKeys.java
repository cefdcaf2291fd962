package dev.resilient.cloud.dynamodb;

import dev.resilient.expression.Expressions;
import dev.resilient.wire.ServiceError;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Which hash values of a table a request is about, for {@code dynamodb:LeadingKeys}. */
record LeadingKeys(Table table) {

    /** The values as texts; none for a scan, and for a request that will be refused for what it says. */
    List<String> of(SdkPojo request) {
        Stream<AttributeValue> values =
                switch (request) {
                    case ScanRequest scan -> Stream.empty();
                    case QueryRequest query -> queried(query);
                    default -> in(request);
                };
        return values.map(LeadingKeys::text).distinct().toList();
    }

    private Stream<AttributeValue> queried(QueryRequest query) {
        KeySchema schema = KeySchema.of(
                table.description().keySchema(), table.description().attributeDefinitions());
        try {
            return Expressions.of(query).key().stream()
                    .map(condition -> KeyConditions.range(schema, condition).from())
                    .map(first -> first.values().getFirst());
        } catch (ServiceError refused) {
            return Stream.empty();
        }
    }

    /** Those in the items and keys of a request, and in the part of a batch that is for this table. */
    private Stream<AttributeValue> in(@Nullable Object part) {
        String hash = table.description().keySchema().getFirst().attributeName();
        return switch (part) {
            case Map<?, ?> item when item.get(hash) instanceof AttributeValue value -> Stream.of(value);
            case Map<?, ?> batch ->
                Stream.of(table.name(), table.description().tableArn())
                        .map(batch::get)
                        .flatMap(this::in);
            case List<?> several -> several.stream().flatMap(this::in);
            case AttributeValue value -> Stream.empty();
            case SdkPojo shape ->
                shape.sdkFields().stream()
                        .map(field -> field.getValueOrDefault(shape))
                        .flatMap(this::in);
            case null, default -> Stream.empty();
        };
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case B -> Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe());
            case N -> value.n();
            default -> String.valueOf(value.s());
        };
    }
}
