package dev.resilient.cloud.s3;

import static dev.resilient.cloud.s3.S3Stage.BUCKET;
import static dev.resilient.cloud.s3.S3Stage.keys;
import static dev.resilient.cloud.s3.S3Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.OpenGate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects that are put, read as a whole and in part, listed, replaced and deleted. */
class PutAndGetTest {
    @TempDir
    private Path data;

    private S3Stage stage;
    private S3Client s3;

    @BeforeEach
    void start() {
        stage = new S3Stage(data, "us-west-2", new OpenGate());
        s3 = stage.s3;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void an_object_comes_back_as_it_was_put() {
        String eTag = s3.putObject(
                        request -> request.bucket(BUCKET)
                                .key("lib/server ü+&.jar")
                                .contentType("application/java-archive")
                                .metadata(Map.of("sha-256", "abc")),
                        RequestBody.fromString("hello"))
                .eTag();

        var object = s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("lib/server ü+&.jar"));
        assertThat(object.asUtf8String()).isEqualTo("hello");
        GetObjectResponse response = object.response();
        assertThat(eTag).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(response.eTag()).isEqualTo(eTag);
        assertThat(response.contentLength()).isEqualTo(5);
        assertThat(response.contentType()).isEqualTo("application/java-archive");
        assertThat(response.metadata()).containsExactly(Map.entry("sha-256", "abc"));
        assertThat(response.contentEncoding()).isNull();
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(BUCKET).key("lib/server ü+&.jar"));
        assertThat(head.contentLength()).isEqualTo(5);
        assertThat(head.eTag()).isEqualTo(eTag);
        assertThat(head.lastModified()).isEqualTo(response.lastModified());
    }

    @Test
    void an_empty_object_is_an_object() {
        stage.put("empty", "");

        assertThat(stage.get("empty")).isEmpty();
        assertThat(s3.headObject(request -> request.bucket(BUCKET).key("empty")).contentLength())
                .isZero();
    }

    @Test
    void a_range_is_a_part() {
        stage.put("ten", "0123456789");

        var part =
                s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("ten").range("bytes=2-4"));
        assertThat(part.asUtf8String()).isEqualTo("234");
        assertThat(part.response().contentRange()).isEqualTo("bytes 2-4/10");
        assertThat(part.response().sdkHttpResponse().statusCode()).isEqualTo(206);
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-3")).isEqualTo("789");
        assertThat(range("bytes=8-99")).isEqualTo("89");
        assertThat(range("bytes=-99")).isEqualTo("0123456789");
        assertThat(range("bytes=4-2")).as("no range at all").isEqualTo("0123456789");
        refused("InvalidRange", 416, () -> range("bytes=10-"));
        refused("InvalidRange", 416, () -> range("bytes=-0"));
    }

    private String range(String range) {
        return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("ten").range(range))
                .asUtf8String();
    }

    @Test
    void conditions_decide_before_the_content_is_sent() {
        stage.put("key", "one");
        String eTag =
                s3.headObject(request -> request.bucket(BUCKET).key("key")).eTag();

        refused(
                "",
                304,
                () -> s3.getObject(request -> request.bucket(BUCKET).key("key").ifNoneMatch(eTag)));
        refused(
                "PreconditionFailed",
                412,
                () -> s3.getObject(request -> request.bucket(BUCKET).key("key").ifMatch("\"other\"")));
        refused(
                "PreconditionFailed",
                412,
                () -> s3.putObject(
                        request -> request.bucket(BUCKET).key("key").ifNoneMatch("*"), RequestBody.fromString("two")));
        assertThat(stage.get("key")).isEqualTo("one");
    }

    @Test
    void replacing_and_deleting_leaves_no_file() throws Exception {
        stage.put("key", "one");
        stage.put("key", "two");
        assertThat(stage.get("key")).isEqualTo("two");
        assertThat(stage.files()).isEqualTo(1);

        s3.deleteObject(request -> request.bucket(BUCKET).key("key"));
        s3.deleteObject(request -> request.bucket(BUCKET).key("never-there"));

        assertThat(stage.files()).isZero();
        refused("NoSuchKey", 404, () -> stage.get("key"));
    }

    @Test
    void listings_have_prefixes_delimiters_and_pages() {
        for (String key : List.of("a", "b/1", "b/2", "b/c/3", "d", "e/4")) {
            stage.put(key, "x");
        }

        assertThat(keys(s3.listObjectsV2(request -> request.bucket(BUCKET))))
                .containsExactly("a", "b/1", "b/2", "b/c/3", "d", "e/4");
        assertThat(keys(s3.listObjectsV2(request -> request.bucket(BUCKET).startAfter("b/2"))))
                .containsExactly("b/c/3", "d", "e/4");
        ListObjectsV2Response folder =
                s3.listObjectsV2(request -> request.bucket(BUCKET).prefix("b/").delimiter("/"));
        assertThat(keys(folder)).containsExactly("b/1", "b/2");
        assertThat(folder.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/c/");
        ListObjectsV2Response first = s3.listObjectsV2(
                request -> request.bucket(BUCKET).delimiter("/").maxKeys(2));
        assertThat(keys(first)).containsExactly("a");
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        assertThat(first.isTruncated()).isTrue();
        ListObjectsV2Response second = s3.listObjectsV2(
                request -> request.bucket(BUCKET).delimiter("/").continuationToken(first.nextContinuationToken()));
        assertThat(keys(second)).containsExactly("d");
        assertThat(second.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("e/");
        assertThat(second.isTruncated()).isFalse();
        assertThat(s3.listObjectsV2Paginator(request -> request.bucket(BUCKET).maxKeys(1))
                        .contents())
                .hasSize(6);
    }

    @Test
    void what_only_looks_like_putting_an_object_is_refused_by_name_and_changes_nothing() {
        stage.put("to", "destination");

        unsupported(
                "PutObject with x-amz-write-offset-bytes",
                () -> s3.putObject(
                        request -> request.bucket(BUCKET).key("to").writeOffsetBytes(11L),
                        RequestBody.fromString("x")));
        unsupported(
                "PutBucketVersioning",
                () -> s3.putBucketVersioning(request ->
                        request.bucket(BUCKET).versioningConfiguration(versioning -> versioning.status("Enabled"))));
        unsupported(
                "DeleteObject with versionId",
                () -> s3.deleteObject(
                        request -> request.bucket(BUCKET).key("to").versionId("v")));
        assertThat(stage.get("to")).isEqualTo("destination");
    }

    private static void unsupported(String action, ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class).isThrownBy(call).satisfies(refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
            assertThat(refused.awsErrorDetails().errorMessage())
                    .isEqualTo("The action " + action + " is not supported by this local cloud.");
        });
    }
}
