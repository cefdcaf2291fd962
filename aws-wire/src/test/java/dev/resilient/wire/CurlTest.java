package dev.resilient.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The signer of curl, which shares no line with the SDK's: it is what the instances' user data falls back to. */
final class CurlTest {
    private final Shelf shelf = new Shelf();
    private TestCloud cloud;

    @BeforeEach
    void start() {
        cloud = new TestCloud(
                shelf,
                TestCloud.service(
                        Models.STS,
                        operations -> operations.register(
                                GetCallerIdentityRequest.class,
                                Access.everyone(),
                                (request, call) -> GetCallerIdentityResponse.builder()
                                        .arn(call.caller().arn())
                                        .build())));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar", "a%20b", "a//b", "deep/er/%C3%BC.jar", "a%2Bb%26c%3Dd"})
    void objects_are_fetched(String rawKey) throws Exception {
        shelf.objects.put("b/" + PercentEncoding.decode(rawKey), "text".getBytes(UTF_8));
        assertThat(curl(
                        "s3",
                        "-H",
                        "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                        "--path-as-is",
                        cloud.uri() + "/b/" + rawKey))
                .isEqualTo("text");
    }

    @Test
    void a_query_is_signed() throws Exception {
        shelf.objects.put("x", new byte[0]);
        assertThat(curl(
                        "s3",
                        "-H",
                        "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                        cloud.uri() + "/b?list-type=2&max-keys=7&prefix=a%20b%2Fc"))
                .contains("<Key>x</Key>");
        assertThat(((ListObjectsV2Request) shelf.last.get()).prefix()).isEqualTo("a b/c");
    }

    @Test
    void without_the_hash_of_the_body_storage_refuses() throws Exception {
        assertThat(curl("s3", cloud.uri() + "/b/k")).contains("<Code>InvalidRequest</Code>", "x-amz-content-sha256");
    }

    @Test
    void a_service_that_is_not_here_is_not_taken_for_storage() throws Exception {
        assertThat(curl("lambda", cloud.uri() + "/2015-03-31/functions/"))
                .contains("The action GET /2015-03-31/functions/ is not supported by this local cloud.");
    }

    @Test
    void a_form_is_signed_and_so_is_a_query_without_a_body() throws Exception {
        assertThat(curl("sts", "-d", "Action=GetCallerIdentity&Version=2011-06-15", cloud.uri() + "/"))
                .contains("<Arn>" + KeyRing.ALICE.arn() + "</Arn>");
        assertThat(curl("sts", cloud.uri() + "/?Action=GetCallerIdentity&Version=2011-06-15"))
                .contains("<Arn>" + KeyRing.ALICE.arn() + "</Arn>");
    }

    private String curl(String service, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("curl", "-sS", "--max-time", "20", "--user", KeyRing.ID + ":" + KeyRing.SECRET, "--aws-sigv4"));
        command.add("aws:amz:us-west-2:" + service);
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(curl.getInputStream().readAllBytes(), UTF_8);
        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
