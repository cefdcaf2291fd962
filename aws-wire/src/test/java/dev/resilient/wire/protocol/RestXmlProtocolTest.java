package dev.resilient.wire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.Shelf;
import dev.resilient.wire.TestCloud;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

@SuppressWarnings("unchecked") // the SDK takes arrays of lambdas of its generic builders
final class RestXmlProtocolTest {
    private final Shelf shelf = new Shelf();
    private TestCloud cloud;
    private S3Client client;

    @BeforeEach
    void start() {
        cloud = new TestCloud(shelf);
        client = cloud.client(S3Client.builder());
    }

    @AfterEach
    void stop() {
        client.close();
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_071, 131_072, 1_000_003})
    void bodies_of_any_size_survive_the_streaming_signer(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        client.putObject(put -> put.bucket("b").key("k"), RequestBody.fromBytes(bytes));
        assertThat(shelf.objects.get("b/k")).isEqualTo(bytes);
        assertThat(client.getObjectAsBytes(get -> get.bucket("b").key("k")).asByteArray())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void every_checksum_of_the_sdk_is_verified(ChecksumAlgorithm algorithm) {
        client.putObject(put -> put.bucket("b").key("k").checksumAlgorithm(algorithm), RequestBody.fromString("text"));
        assertThat(shelf.objects.get("b/k")).asString(UTF_8).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a+b", "ü/ö", "a//b", "./a/../b", "~-_.!*'()", "100%", "a?b&c=d#e", "/lead", "trail/"})
    void awkward_keys_survive(String key) {
        client.putObject(put -> put.bucket("b").key(key), RequestBody.fromString("text"));
        assertThat(shelf.objects).containsOnlyKeys("b/" + key);
        assertThat(client.getObjectAsBytes(get -> get.bucket("b").key(key)).asUtf8String())
                .isEqualTo("text");
    }

    @Test
    void headers_of_an_object_survive_and_the_framing_is_no_encoding() {
        client.putObject(
                put -> put.bucket("b")
                        .key("k")
                        .contentType("text/plain")
                        .contentEncoding("gzip")
                        .metadata(Map.of("colour", "red")),
                RequestBody.fromString("text"));
        PutObjectRequest seen = (PutObjectRequest) shelf.last.get();
        assertThat(seen.contentType()).isEqualTo("text/plain");
        assertThat(seen.contentEncoding()).isEqualTo("gzip");
        assertThat(seen.metadata()).isEqualTo(Map.of("colour", "red"));
        HeadObjectResponse head = client.headObject(object -> object.bucket("b").key("k"));
        assertThat(head.contentLength()).isEqualTo(4);
        assertThat(head.lastModified()).isEqualTo(Shelf.MODIFIED);
        assertThat(head.metadata()).isEqualTo(Map.of("colour", "red"));
    }

    @Test
    void a_range_is_answered_as_partial_content() {
        shelf.objects.put("b/k", "text".getBytes(UTF_8));
        var part = client.getObjectAsBytes(get -> get.bucket("b").key("k").range("bytes=0-0"));
        GetObjectResponse response = part.response();
        assertThat(part.asUtf8String()).isEqualTo("t");
        assertThat(response.sdkHttpResponse().statusCode()).isEqualTo(206);
        assertThat(response.contentRange()).isEqualTo("bytes 0-0/4");
    }

    @Test
    void buckets_are_made_with_their_place_listed_and_removed() {
        client.createBucket(create -> create.bucket("shelf")
                .createBucketConfiguration(configuration -> configuration.locationConstraint("us-west-2")));
        CreateBucketRequest seen = (CreateBucketRequest) shelf.last.get();
        assertThat(seen.createBucketConfiguration().locationConstraintAsString())
                .isEqualTo("us-west-2");
        assertThat(client.getBucketLocation(get -> get.bucket("shelf")).locationConstraintAsString())
                .isEqualTo("us-west-2");
        assertThat(client.getPublicAccessBlock(get -> get.bucket("shelf"))
                        .publicAccessBlockConfiguration()
                        .blockPublicAcls())
                .isTrue();
        assertThat(client.deleteBucket(delete -> delete.bucket("shelf"))
                        .sdkHttpResponse()
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void lists_survive_both_ways() {
        shelf.objects.put("a <&> b", new byte[3]);
        shelf.objects.put("c", new byte[0]);
        ListObjectsV2Response listed =
                client.listObjectsV2(list -> list.bucket("b").prefix("a b+c").maxKeys(7));
        ListObjectsV2Request seen = (ListObjectsV2Request) shelf.last.get();
        assertThat(seen.prefix()).isEqualTo("a b+c");
        assertThat(seen.maxKeys()).isEqualTo(7);
        assertThat(listed.contents()).extracting("key").containsExactly("a <&> b", "c");
        assertThat(listed.contents()).extracting("size").containsExactly(3L, 0L);
        DeleteObjectsResponse deleted = client.deleteObjects(delete ->
                delete.bucket("b").delete(what -> what.objects(one -> one.key("x"), two -> two.key("y <&>"))));
        assertThat(((DeleteObjectsRequest) shelf.last.get()).delete().objects())
                .extracting("key")
                .containsExactly("x", "y <&>");
        assertThat(deleted.deleted()).extracting("key").containsExactly("x", "y <&>");
        assertThat(deleted.errors()).extracting("key").containsExactly("<&>");
    }

    @Test
    void errors_arrive_as_the_modelled_exceptions_also_without_a_body() {
        assertThatThrownBy(() -> client.getObjectAsBytes(get -> get.bucket("b").key("none")))
                .isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("The specified key does not exist.");
        assertThatThrownBy(() -> client.headObject(head -> head.bucket("b").key("none")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void a_sub_resource_that_is_not_registered_never_becomes_the_object_itself() {
        assertThatThrownBy(() ->
                        client.putObjectAcl(acl -> acl.bucket("b").key("k").acl("private")))
                .isInstanceOfSatisfying(S3Exception.class, error -> {
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
                    assertThat(error.awsErrorDetails().errorMessage())
                            .isEqualTo("The action PUT ?acl on an object is not supported by this local cloud.");
                });
        assertThat(shelf.objects).isEmpty();
    }

    @Test
    void heading_an_object_asks_for_the_right_to_get_it() {
        shelf.objects.put("b/k", new byte[1]);
        client.headObject(head -> head.bucket("b").key("k"));
        assertThat(cloud.keys.asked).containsExactly("s3:GetObject on arn:aws:s3:::b/k");
    }
}
