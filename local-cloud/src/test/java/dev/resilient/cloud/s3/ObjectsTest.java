package dev.resilient.cloud.s3;

import static dev.resilient.cloud.s3.S3Stage.BUCKET;
import static dev.resilient.cloud.s3.S3Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What is known about an object beside its content, and under which conditions it is read, written and copied. */
class ObjectsTest {
    @TempDir
    private Path data;

    private S3Stage stage;
    private S3Client s3;

    @BeforeEach
    void start() {
        stage = new S3Stage(data);
        s3 = stage.s3;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void headers_and_metadata_come_back_and_can_be_overridden_for_one_answer() {
        Instant expires = Instant.parse("2030-01-02T03:04:05Z");
        s3.putObject(
                request -> request.bucket(BUCKET)
                        .key("a")
                        .cacheControl("no-store")
                        .contentDisposition("attachment")
                        .contentLanguage("de")
                        .contentEncoding("gzip")
                        .contentType("text/css")
                        .expires(expires)
                        .metadata(Map.of("one", "1")),
                RequestBody.fromString("x"));
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(BUCKET).key("a"));
        assertThat(head.cacheControl()).isEqualTo("no-store");
        assertThat(head.contentDisposition()).isEqualTo("attachment");
        assertThat(head.contentLanguage()).isEqualTo("de");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.contentType()).isEqualTo("text/css");
        assertThat(head.expiresString()).isEqualTo("Wed, 02 Jan 2030 03:04:05 GMT");
        assertThat(head.metadata()).containsExactly(Map.entry("one", "1"));
        assertThat(s3.getObjectAsBytes(request -> request.bucket(BUCKET)
                                .key("a")
                                .responseContentType("text/html")
                                .responseCacheControl("private"))
                        .response())
                .extracting("contentType", "cacheControl")
                .containsExactly("text/html", "private");
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void a_checksum_is_kept_and_shown_to_whoever_asks(ChecksumAlgorithm algorithm) {
        s3.putObject(
                request -> request.bucket(BUCKET).key("a").checksumAlgorithm(algorithm),
                RequestBody.fromString("123456789"));
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(BUCKET).key("a").checksumMode(ChecksumMode.ENABLED));
        assertThat(Stream.of(head.checksumCRC32(), head.checksumCRC32C(), head.checksumSHA1(), head.checksumSHA256())
                        .filter(java.util.Objects::nonNull))
                .singleElement()
                .isEqualTo(
                        switch (algorithm) {
                            case CRC32 -> "y/Q5Jg==";
                            case CRC32_C -> "4waSgw==";
                            case SHA1 -> "98O8HYCOBHMq32eZZczDTKeuNEE=";
                            default -> "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=";
                        });
        assertThat(head.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(BUCKET).key("a").checksumMode(ChecksumMode.ENABLED))
                        .asUtf8String())
                .isEqualTo("123456789");
    }

    @Test
    void what_cannot_be_honoured_is_refused_and_changes_nothing() {
        refused("NotImplemented", 501, () -> put(request -> request.serverSideEncryption(ServerSideEncryption.AES256)));
        refused("NotImplemented", 501, () -> put(request -> request.storageClass("GLACIER")));
        refused("NotImplemented", 501, () -> put(request -> request.ifNoneMatch("\"x\"")));
        refused("AccessControlListNotSupported", 400, () -> put(request -> request.acl(ObjectCannedACL.PUBLIC_READ)));
        refused("MetadataTooLarge", 400, () -> put(request -> request.metadata(Map.of("a", "b".repeat(2048)))));
        refused("KeyTooLongError", 400, () -> put(request -> request.key("k".repeat(1025))));
        refused("NotImplemented", 501, () -> put(request -> request.tagging("a=1")));
        refused("AccessDenied", 403, () -> put(request -> request.expectedBucketOwner("000000000000")));
        assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET)).contents())
                .isEmpty();
    }

    private void put(java.util.function.Consumer<PutObjectRequest.Builder> more) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(BUCKET).key("a");
        more.accept(request);
        s3.putObject(request.build(), RequestBody.fromString("x"));
    }

    @Test
    void reading_has_conditions_on_the_etag_and_on_the_time() {
        String eTag = stage.put("a", "x");
        Instant modified =
                s3.headObject(request -> request.bucket(BUCKET).key("a")).lastModified();
        refused(
                "PreconditionFailed",
                412,
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(BUCKET).key("a").ifUnmodifiedSince(modified.minusSeconds(1))));
        refused(
                "",
                304,
                () -> s3.headObject(request -> request.bucket(BUCKET).key("a").ifModifiedSince(modified)));
        assertThat(s3.getObjectAsBytes(request -> request.bucket(BUCKET)
                                .key("a")
                                .ifMatch(eTag)
                                .ifUnmodifiedSince(modified.minusSeconds(1)))
                        .asUtf8String())
                .isEqualTo("x");
        assertThat(s3.getObjectAsBytes(request -> request.bucket(BUCKET)
                                .key("a")
                                .ifNoneMatch("other")
                                .ifModifiedSince(modified))
                        .asUtf8String())
                .isEqualTo("x");
    }

    @Test
    void writing_and_deleting_have_conditions_on_what_is_there() {
        refused("NoSuchKey", 404, () -> put(request -> request.ifMatch("\"x\"")));
        String eTag = stage.put("a", "1");
        refused("PreconditionFailed", 412, () -> put(request -> request.ifMatch("\"x\"")));
        refused("PreconditionFailed", 412, () -> put(request -> request.ifNoneMatch("*")));
        refused(
                "PreconditionFailed",
                412,
                () -> s3.deleteObject(request -> request.bucket(BUCKET).key("a").ifMatch("\"x\"")));
        assertThat(stage.get("a")).isEqualTo("1");
        put(request -> request.ifMatch(eTag));
        assertThat(stage.get("a")).isEqualTo("x");
    }

    @Test
    void a_copy_has_what_its_source_had_or_what_the_caller_says() {
        s3.putObject(
                request -> request.bucket(BUCKET)
                        .key("from here/ü+")
                        .contentType("text/css")
                        .metadata(Map.of("one", "1")),
                RequestBody.fromString("x"));
        String eTag = s3.copyObject(request -> request.sourceBucket(BUCKET)
                        .sourceKey("from here/ü+")
                        .destinationBucket(BUCKET)
                        .destinationKey("to"))
                .copyObjectResult()
                .eTag();
        HeadObjectResponse copy =
                s3.headObject(request -> request.bucket(BUCKET).key("to"));
        assertThat(copy.eTag()).isEqualTo(eTag).isEqualTo("\"9dd4e461268c8034f5c8564e155c67a6\"");
        assertThat(copy.contentType()).isEqualTo("text/css");
        assertThat(copy.metadata()).containsExactly(Map.entry("one", "1"));

        s3.copyObject(request -> request.sourceBucket(BUCKET)
                .sourceKey("to")
                .destinationBucket(BUCKET)
                .destinationKey("to")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("two", "2")));
        assertThat(s3.headObject(request -> request.bucket(BUCKET).key("to")).metadata())
                .containsExactly(Map.entry("two", "2"));
        s3.deleteObject(request -> request.bucket(BUCKET).key("from here/ü+"));
        assertThat(stage.get("to")).isEqualTo("x");
    }

    @Test
    void a_copy_that_changes_nothing_or_breaks_a_condition_is_refused() {
        String eTag = stage.put("a", "x");
        refused(
                "InvalidRequest",
                400,
                () -> s3.copyObject(request -> request.sourceBucket(BUCKET)
                        .sourceKey("a")
                        .destinationBucket(BUCKET)
                        .destinationKey("a")));
        refused(
                "NoSuchKey",
                404,
                () -> s3.copyObject(request -> request.sourceBucket(BUCKET)
                        .sourceKey("none")
                        .destinationBucket(BUCKET)
                        .destinationKey("b")));
        refused(
                "PreconditionFailed",
                412,
                () -> s3.copyObject(request -> request.sourceBucket(BUCKET)
                        .sourceKey("a")
                        .destinationBucket(BUCKET)
                        .destinationKey("b")
                        .copySourceIfNoneMatch(eTag)));
        refused("NoSuchKey", 404, () -> stage.get("b"));
    }

    @Test
    void keys_are_any_text_in_the_order_of_their_bytes() {
        List<String> keys =
                List.of(" ", "%2F", "+", "a", "a b", "a//b", "a/b", "a/b/", "a?b#c", "ä", "\uFF5E", "\uD83D\uDE00");
        keys.forEach(key -> stage.put(key, key));
        assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET)).contents())
                .extracting(S3Object::key)
                .containsExactlyElementsOf(keys);
        assertThat(s3.listObjectsV2Paginator(request -> request.bucket(BUCKET).maxKeys(1))
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyElementsOf(keys);
        keys.forEach(key -> assertThat(stage.get(key)).isEqualTo(key));
    }

    @Test
    void the_first_listing_goes_on_at_a_marker() {
        List.of("a", "b/1", "b/2", "c").forEach(key -> stage.put(key, "x"));
        ListObjectsResponse first =
                s3.listObjects(request -> request.bucket(BUCKET).delimiter("/").maxKeys(2));
        assertThat(first.contents()).extracting(S3Object::key).containsExactly("a");
        assertThat(first.contents().getFirst().owner().id()).isEqualTo("123456789012");
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        assertThat(first.nextMarker()).isEqualTo("b/");
        assertThat(s3.listObjects(
                                request -> request.bucket(BUCKET).delimiter("/").marker(first.nextMarker()))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("c");
    }

    @Test
    void what_a_bucket_cannot_have_is_refused_and_not_taken_for_a_listing() {
        refused("NotImplemented", 501, () -> s3.getBucketPolicy(request -> request.bucket(BUCKET)));
        refused("NotImplemented", 501, () -> s3.getBucketVersioning(request -> request.bucket(BUCKET)));
        refused("NotImplemented", 501, () -> s3.deleteBucketCors(request -> request.bucket(BUCKET)));
        refused(
                "NotImplemented",
                501,
                () -> s3.getObjectTagging(request -> request.bucket(BUCKET).key("a")));
        assertThat(s3.headBucket(request -> request.bucket(BUCKET)).bucketRegion())
                .isEqualTo("us-east-1");
    }

    @Test
    void the_waiters_end() {
        s3.waiter().waitUntilBucketExists(request -> request.bucket(BUCKET));
        stage.put("a", "x");
        s3.waiter().waitUntilObjectExists(request -> request.bucket(BUCKET).key("a"));
        s3.deleteObject(request -> request.bucket(BUCKET).key("a"));
        s3.waiter().waitUntilObjectNotExists(request -> request.bucket(BUCKET).key("a"));
        s3.deleteBucket(request -> request.bucket(BUCKET));
        s3.waiter().waitUntilBucketNotExists(request -> request.bucket(BUCKET));
    }

    @Test
    void what_a_killed_process_left_half_written_is_swept_and_the_rest_is_there() throws Exception {
        stage.put("a", "kept");
        stage.time.advance(Duration.ofSeconds(1));
        stage.close();
        Files.writeString(data.resolve("s3").resolve("0123.part"), "half");
        Files.writeString(data.resolve("s3").resolve("4567"), "nobody's");
        stage = new S3Stage(data);
        assertThat(stage.files()).isEqualTo(1);
        assertThat(stage.get("a")).isEqualTo("kept");
    }
}
