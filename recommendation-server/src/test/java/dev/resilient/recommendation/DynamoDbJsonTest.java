package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbJsonTest {
    private static final SdkBytes BYTES = SdkBytes.fromByteArray(new byte[] {0, (byte) 0xff, 1});
    private final RecommendationBody body =
            new RecommendationBody(new InstanceIdentity("i-0e4b7104cfaf8e056", "us-west-2c", "us-west-2"));

    @Test
    void every_type_is_written_as_dynamodb_writes_it() {
        assertWritten(AttributeValue.fromS("say \"hé\"\n"), "{\"S\":\"say \\\"hé\\\"\\n\"}");
        assertWritten(AttributeValue.fromN("-12.50"), "{\"N\":\"-12.50\"}");
        assertWritten(AttributeValue.fromB(BYTES), "{\"B\":\"AP8B\"}");
        assertWritten(AttributeValue.fromBool(false), "{\"BOOL\":false}");
        assertWritten(AttributeValue.fromNul(true), "{\"NULL\":true}");
        assertWritten(AttributeValue.fromSs(List.of("a", "b")), "{\"SS\":[\"a\",\"b\"]}");
        assertWritten(AttributeValue.fromNs(List.of("1", "2")), "{\"NS\":[\"1\",\"2\"]}");
        assertWritten(AttributeValue.fromBs(List.of(BYTES)), "{\"BS\":[\"AP8B\"]}");
        assertWritten(AttributeValue.fromL(List.of()), "{\"L\":[]}");
        assertWritten(AttributeValue.fromM(Map.of()), "{\"M\":{}}");
        assertWritten(
                AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("x", AttributeValue.fromN("1"))))),
                "{\"L\":[{\"M\":{\"x\":{\"N\":\"1\"}}}]}");
    }

    @Test
    void the_instance_has_the_last_word_on_metadata() {
        assertThat(text(Map.of("Metadata", AttributeValue.fromS("mine"))))
                .isEqualTo(
                        "{\"Metadata\":{\"InstanceId\":\"i-0e4b7104cfaf8e056\",\"AvailabilityZone\":\"us-west-2c\"}}");
    }

    private void assertWritten(AttributeValue value, String expected) {
        assertThat(text(Map.of("it", value))).startsWith("{\"it\":" + expected + ",\"Metadata\":");
    }

    private String text(Map<String, AttributeValue> item) {
        return new String(body.of(item), StandardCharsets.UTF_8);
    }
}
