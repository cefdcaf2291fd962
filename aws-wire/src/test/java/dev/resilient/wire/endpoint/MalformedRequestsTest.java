package dev.resilient.wire.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Access;
import dev.resilient.wire.Invocation;
import dev.resilient.wire.Models;
import dev.resilient.wire.Operation;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.protocol.WireProtocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

/** Requests that no SDK sends, straight into each protocol's reader: every one is the caller's mistake, none is ours. */
final class MalformedRequestsTest {
    private static final WireProtocol QUERY = WireProtocol.of(Models.AUTO_SCALING);
    private static final WireProtocol EC2 = WireProtocol.of(Models.EC2);
    private static final WireProtocol JSON = WireProtocol.of(Models.DYNAMO_DB);
    private static final WireProtocol REST = WireProtocol.of(Models.S3);

    @ParameterizedTest
    @CsvSource({
        "MinSize=many, ValidationError",
        "MinSize=99999999999, ValidationError",
        "MinSize.x=1, ValidationError",
        "Tags.member.x.Key=a, ValidationError",
        "Tags.member.1.PropagateAtLaunch=perhaps, ValidationError",
        "AutoScalingGroupName=%zz, MalformedQueryString",
        "AutoScalingGroupName=%4, MalformedQueryString",
    })
    void forms(String body, String code) {
        assertThat(code(QUERY, CreateAutoScalingGroupRequest.class, body)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"MinCount=one, InvalidParameterValue", "BlockDeviceMapping.a.DeviceName=x, InvalidParameterValue"})
    void forms_of_ec2(String body, String code) {
        assertThat(code(EC2, RunInstancesRequest.class, body)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{",
                "[]",
                "nonsense",
                "{} {}",
                "{\"TableName\":7}",
                "{\"TableName\":{}}",
                "{\"Item\":[]}",
                "{\"Item\":{\"a\":7}}",
                "{\"Item\":{\"a\":{\"BOOL\":\"true\"}}}",
                "{\"Item\":{\"a\":{\"B\":\"*\"}}}",
                "{\"Item\":{\"a\":{\"L\":[null]}}}",
            })
    void json(String body) {
        assertThat(code(JSON, PutItemRequest.class, body)).isEqualTo("SerializationException");
    }

    @Test
    void json_nested_beyond_all_measure() {
        String deep = "{\"Item\":{\"a\":" + "{\"L\":[".repeat(20_000) + "]}".repeat(20_000) + "}}";
        assertThat(code(JSON, PutItemRequest.class, deep)).isEqualTo("SerializationException");
    }

    @ParameterizedTest
    @CsvSource({
        "<Delete>",
        "nonsense",
        "<Delete><Quiet>perhaps</Quiet></Delete>",
        "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><Delete><Object><Key>&e;</Key></Object></Delete>",
    })
    void xml(String body) {
        assertThat(code(REST, DeleteObjectsRequest.class, body)).isEqualTo("MalformedXML");
    }

    private static String code(WireProtocol protocol, Class<? extends AwsRequest> type, String body) {
        WireRequest request =
                new WireRequest("POST", "/b", "", Map.of("host", List.of("127.0.0.1")), body.getBytes(UTF_8));
        try {
            Object read = protocol.read(invocation(type), request);
            throw new AssertionError("accepted as " + read);
        } catch (ServiceError error) {
            assertThat(error.status()).isEqualTo(400);
            return error.code();
        }
    }

    private static <I extends AwsRequest> Invocation<I, ?> invocation(Class<I> type) {
        return new Invocation<>(
                new Operation<>("Name", "service:Name", type, Access.anyResource(), (request, call) -> {
                    throw new AssertionError("never called");
                }),
                "Name");
    }
}
