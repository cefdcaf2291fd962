package dev.resilient.wire.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Access;
import dev.resilient.wire.KeyRing;
import dev.resilient.wire.Models;
import dev.resilient.wire.Shelf;
import dev.resilient.wire.Signer;
import dev.resilient.wire.TestCloud;
import dev.resilient.wire.http.PercentEncoding;
import dev.resilient.wire.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
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
    @ValueSource(
            strings = {
                "jar",
                "a%20b",
                "a%20%20b%20",
                "a//b",
                "/a///b/",
                "a/./b/../c",
                "deep/er/%C3%BC.jar",
                "%E2%82%AC/%F0%9F%98%80",
                "a%2Bb%26c%3Dd",
                "a~b-c_d.e",
                "100%25",
                "a%25zz",
                "a%3Ab%40c%2Cd%3Be%24f",
                "%28a%29%21%2A%27",
                "%5Ba%5D%7Bb%7D%7Cc%22%3C%3E%5E%60%5C",
                "%3Fa%23b",
            })
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list-type=2&max-keys=7&prefix=a%20b%2Fc | a b/c",
                "list-type=2&prefix=a%2Bb%3Dc%26d | a+b=c&d",
                "list-type=2&prefix=%C3%BC%E2%82%AC | ü€",
                "list-type=2&prefix=a~b-c_d.e | a~b-c_d.e",
                "list-type=2&prefix=100%25 | 100%",
                "delimiter=&list-type=2&prefix=x | x",
                "list-type=2&prefix=x&start-after= | x",
            })
    void a_query_is_signed(String query, String prefix) throws Exception {
        shelf.objects.put("x", new byte[0]);
        assertThat(curl("s3", "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", cloud.uri() + "/b?" + query))
                .contains("<Key>x</Key>");
        assertThat(((ListObjectsV2Request) shelf.last.get()).prefix()).isEqualTo(prefix);
    }

    @Test
    void headers_are_signed_with_spaces_within_and_in_any_letter_case() throws Exception {
        assertThat(curl(
                        "s3",
                        "-X",
                        "PUT",
                        "-H",
                        "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                        "-H",
                        "X-Amz-Meta-Colour:   dark   red  ",
                        "-H",
                        "x-amz-meta-a: 1",
                        "-H",
                        "Content-Type: text/plain; charset=utf-8",
                        cloud.uri() + "/b/k"))
                .isEmpty();
        assertThat(((PutObjectRequest) shelf.last.get()).metadata())
                .containsEntry("a", "1")
                .containsKey("colour");
    }

    @Test
    void bodies_are_signed_byte_by_byte(@TempDir Path folder) throws Exception {
        byte[] body = new byte[70_000];
        new Random(20261127).nextBytes(body);
        Path file = Files.write(folder.resolve("body"), body);
        String hash = "x-amz-content-sha256: " + SigningKey.sha256(body);
        List<String> put = List.of("-X", "PUT", "-H", "Content-Type:", "--data-binary", "@" + file, "-H");

        assertThat(curl("s3", put, hash, cloud.uri() + "/b/k")).isEmpty();
        assertThat(shelf.objects.get("b/k")).isEqualTo(body);
        assertThat(curl("s3", put, "x-amz-content-sha256: " + Signer.sha256("another"), cloud.uri() + "/b/other"))
                .contains("<Code>XAmzContentSHA256Mismatch</Code>");
        assertThat(shelf.objects).doesNotContainKey("b/other");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Action=GetCallerIdentity&Version=2011-06-15",
                "Action=GetCallerIdentity&Version=2011-06-15&X=",
                "Action=GetCallerIdentity&Version=2011-06-15&X=a%20b%2Bc%3Dd%26e~f",
                "Action=GetCallerIdentity&Version=2011-06-15&X=%C3%BC%E2%82%AC",
                "Action=GetCallerIdentity&Version=2011-06-15&X=1&X=2",
            })
    void a_form_is_signed_and_so_is_a_query_without_a_body(String parameters) throws Exception {
        assertThat(curl("sts", "-d", parameters, cloud.uri() + "/")).contains("<Arn>" + KeyRing.ALICE.arn() + "</Arn>");
        assertThat(curl("sts", cloud.uri() + "/?" + parameters)).contains("<Arn>" + KeyRing.ALICE.arn() + "</Arn>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Version=2011-06-15&Action=GetCallerIdentity",
                "Version=2011-06-15&X=2&X=1&Action=GetCallerIdentity",
                "X&Version=2011-06-15&Action=GetCallerIdentity",
                "&Action=GetCallerIdentity&&Version=2011-06-15&",
                "Action=GetCallerIdentity&Version=2011-06-15&X=a+b",
            })
    void a_form_may_be_in_any_order_and_shape(String parameters) throws Exception {
        assertThat(curl("sts", "-d", parameters, cloud.uri() + "/")).contains("<Arn>" + KeyRing.ALICE.arn() + "</Arn>");
    }

    private String curl(String service, List<String> first, String... then) throws IOException, InterruptedException {
        return curl(service, Stream.concat(first.stream(), Stream.of(then)).toArray(String[]::new));
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
