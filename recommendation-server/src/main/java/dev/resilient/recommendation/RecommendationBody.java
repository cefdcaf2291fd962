package dev.resilient.recommendation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Renders an item as the body of a response: in DynamoDB's JSON, together with the instance that answers. Thread-safe. */
final class RecommendationBody {
    private static final String METADATA = "Metadata";

    private final JsonFactory json = new JsonFactory();
    private final InstanceIdentity instance;

    RecommendationBody(InstanceIdentity instance) {
        this.instance = instance;
    }

    /** The body; an attribute of the item that is called {@code Metadata} gives way to the instance's. */
    byte[] of(Map<String, AttributeValue> item) {
        return of(item, null);
    }

    /** The same for an item that was kept for a while. */
    byte[] of(LastGood.Aged kept) {
        return of(kept.item(), kept.age());
    }

    private byte[] of(Map<String, AttributeValue> item, @Nullable Duration age) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>(item);
        attributes.remove(METADATA);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(body)) {
            generator.writeStartObject();
            DynamoDbJson.writeFields(attributes, generator);
            generator.writeObjectFieldStart(METADATA);
            generator.writeStringField("InstanceId", instance.instanceId());
            generator.writeStringField("AvailabilityZone", instance.availabilityZone());
            if (age != null) {
                generator.writeNumberField("AgeMillis", age.toMillis());
            }
            generator.writeEndObject();
            generator.writeEndObject();
        } catch (IOException unknownType) {
            throw new Unavailable("the item cannot be rendered", unknownType);
        }
        return body.toByteArray();
    }
}
