package dev.resilient.cloud.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.TestContext;
import dev.resilient.time.SystemTime;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.endpoint.AwsEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** S3 over HTTP, through the SDK's own client. */
class S3Test {
    private static final String BUCKET = "artifacts.of-mine";

    @TempDir
    private Path data;

    private final Everyone gate = new Everyone();
    private AwsEndpoint endpoint;
    private S3Client s3;

    @BeforeEach
    void start() {
        start("us-west-2");
        s3.createBucket(inRegion(BUCKET, "us-west-2"));
    }

    private void start(String region) {
        endpoint = AwsEndpoint.builder(SystemTime.INSTANCE, gate, region)
                .services(List.of(new S3(TestContext.in(region, SystemTime.INSTANCE), data)))
                .start();
        s3 = S3Client.builder()
                .endpointOverride(endpoint.uri())
                .forcePathStyle(true)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void stop() {
        s3.close();
        endpoint.close();
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
    void a_bucket_of_another_owner_than_expected_is_left_alone() {
        put("mine", "content");

        String another = "999999999999";
        denied(() ->
                s3.deleteObject(request -> request.bucket(BUCKET).key("mine").expectedBucketOwner(another)));
        denied(() -> s3.copyObject(request -> request.sourceBucket(BUCKET)
                .sourceKey("mine")
                .expectedSourceBucketOwner(another)
                .destinationBucket(BUCKET)
                .destinationKey("copy")));
        denied(() -> s3.putObject(
                request -> request.bucket(BUCKET).key("mine").expectedBucketOwner(another),
                RequestBody.fromString("other content")));
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(BUCKET).key("mine").expectedBucketOwner("123456789012"))
                        .asUtf8String())
                .isEqualTo("content");
        assertThat(s3.listObjectsV2(request -> request.bucket(BUCKET)).keyCount())
                .isEqualTo(1);
    }

    private static void denied(ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class).isThrownBy(call).satisfies(refused -> {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        });
    }

    @Test
    void what_only_looks_like_putting_an_object_is_refused_by_name_and_changes_nothing() {
        put("to", "destination");

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
        assertThat(get("to")).isEqualTo("destination");
    }

    private static void unsupported(String action, ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class).isThrownBy(call).satisfies(refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
            assertThat(refused.awsErrorDetails().errorMessage())
                    .isEqualTo("The action " + action + " is not supported by this local cloud.");
        });
    }

    @Test
    void an_empty_object_is_an_object() {
        put("empty", "");

        assertThat(get("empty")).isEmpty();
        assertThat(s3.headObject(request -> request.bucket(BUCKET).key("empty")).contentLength())
                .isZero();
    }

    @Test
    void a_range_is_a_part() {
        put("ten", "0123456789");

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
        put("key", "one");
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
        assertThat(get("key")).isEqualTo("one");
    }

    @Test
    void replacing_and_deleting_leaves_no_file() throws Exception {
        put("key", "one");
        put("key", "two");
        assertThat(get("key")).isEqualTo("two");
        assertThat(files()).hasSize(1);

        s3.deleteObject(request -> request.bucket(BUCKET).key("key"));
        s3.deleteObject(request -> request.bucket(BUCKET).key("never-there"));

        assertThat(files()).isEmpty();
        refused("NoSuchKey", 404, () -> get("key"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("s3"))) {
            return files.toList();
        }
    }

    @Test
    void many_objects_are_deleted_at_once_each_with_its_own_permission() {
        put("a", "1");
        put("b", "2");
        put("c", "3");
        gate.asked.clear();

        var deleted = s3.deleteObjects(request -> request.bucket(BUCKET)
                .delete(keys -> keys.objects(
                        ObjectIdentifier.builder().key("a").build(),
                        ObjectIdentifier.builder().key("b").build())));

        assertThat(deleted.deleted()).extracting("key").containsExactly("a", "b");
        assertThat(keys(s3.listObjectsV2(request -> request.bucket(BUCKET)))).containsExactly("c");
        assertThat(gate.asked)
                .startsWith(
                        "s3:DeleteObject on arn:aws:s3:::" + BUCKET + "/a",
                        "s3:DeleteObject on arn:aws:s3:::" + BUCKET + "/b");
    }

    @Test
    void listings_have_prefixes_delimiters_and_pages() {
        for (String key : List.of("a", "b/1", "b/2", "b/c/3", "d", "e/4")) {
            put(key, "x");
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
    void a_bucket_is_found_described_and_deleted_when_it_is_empty() {
        assertThat(s3.headBucket(request -> request.bucket(BUCKET)).bucketRegion())
                .isEqualTo("us-west-2");
        assertThat(s3.getBucketLocation(request -> request.bucket(BUCKET)).locationConstraintAsString())
                .isEqualTo("us-west-2");
        assertThat(s3.listBuckets().buckets()).extracting("name").containsExactly(BUCKET);
        put("key", "x");
        refused("BucketNotEmpty", 409, () -> s3.deleteBucket(request -> request.bucket(BUCKET)));

        s3.deleteObject(request -> request.bucket(BUCKET).key("key"));
        s3.deleteBucket(request -> request.bucket(BUCKET));

        assertThat(s3.listBuckets().buckets()).isEmpty();
        refused("", 404, () -> s3.headBucket(request -> request.bucket(BUCKET)));
    }

    @Test
    void nothing_is_in_a_bucket_that_is_not_there() {
        refused("NoSuchBucket", 404, () -> s3.listObjectsV2(request -> request.bucket("no-such")));
        refused(
                "NoSuchBucket",
                404,
                () -> s3.getObject(request -> request.bucket("no-such").key("k")));
        refused("NoSuchBucket", 404, () -> s3.deleteBucket(request -> request.bucket("no-such")));
        refused(
                "NoSuchBucket",
                404,
                () -> s3.putObject(request -> request.bucket("no-such").key("k"), RequestBody.fromString("x")));
        assertThat(data.resolve("s3")).isEmptyDirectory();
    }

    @Test
    void a_new_bucket_needs_a_good_name_and_its_region() {
        for (String name : List.of("xn--a", "sthree-a", "ab-s3alias")) {
            refused("InvalidBucketName", 400, () -> s3.createBucket(inRegion(name, "us-west-2")));
        }
        refused("IllegalLocationConstraintException", 400, () -> s3.createBucket(inRegion("other", "eu-west-1")));
        refused("BucketAlreadyOwnedByYou", 409, () -> s3.createBucket(inRegion(BUCKET, "us-west-2")));
    }

    @Test
    void the_oldest_region_has_rules_of_its_own() {
        stop();
        start("us-east-1");

        s3.createBucket(request -> request.bucket("twice"));
        s3.createBucket(request -> request.bucket("twice"));

        assertThat(s3.listBuckets().buckets()).hasSize(1);
    }

    @Test
    void tags_are_kept_until_they_are_deleted() {
        refused("NoSuchTagSet", 404, () -> s3.getBucketTagging(request -> request.bucket(BUCKET)));
        Tag tag = Tag.builder().key("Name").value("mine & yours").build();

        s3.putBucketTagging(request -> request.bucket(BUCKET).tagging(tagging -> tagging.tagSet(tag)));

        assertThat(s3.getBucketTagging(request -> request.bucket(BUCKET)).tagSet())
                .containsExactly(tag);
        refused(
                "InvalidTag",
                400,
                () -> s3.putBucketTagging(
                        request -> request.bucket(BUCKET).tagging(tagging -> tagging.tagSet(tag, tag))));
        s3.deleteBucketTagging(request -> request.bucket(BUCKET));
        refused("NoSuchTagSet", 404, () -> s3.getBucketTagging(request -> request.bucket(BUCKET)));
    }

    @Test
    void a_new_bucket_blocks_public_access_until_told_otherwise() {
        assertThat(publicAccessBlock().restrictPublicBuckets()).isTrue();

        s3.putPublicAccessBlock(
                request -> request.bucket(BUCKET).publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)));

        assertThat(publicAccessBlock())
                .isEqualTo(PublicAccessBlockConfiguration.builder()
                        .blockPublicAcls(true)
                        .ignorePublicAcls(false)
                        .blockPublicPolicy(false)
                        .restrictPublicBuckets(false)
                        .build());
        s3.deletePublicAccessBlock(request -> request.bucket(BUCKET));
        refused("NoSuchPublicAccessBlockConfiguration", 404, this::publicAccessBlock);
    }

    private PublicAccessBlockConfiguration publicAccessBlock() {
        return s3.getPublicAccessBlock(request -> request.bucket(BUCKET)).publicAccessBlockConfiguration();
    }

    @Test
    void iam_is_asked_for_s3s_own_actions() {
        put("key", "x");
        gate.asked.clear();

        s3.headObject(request -> request.bucket(BUCKET).key("key"));
        s3.headBucket(request -> request.bucket(BUCKET));
        s3.listBuckets();
        s3.listObjectsV2(request -> request.bucket(BUCKET));
        s3.getPublicAccessBlock(request -> request.bucket(BUCKET));

        assertThat(gate.asked)
                .containsExactly(
                        "s3:GetObject on arn:aws:s3:::" + BUCKET + "/key",
                        "s3:ListBucket on arn:aws:s3:::" + BUCKET,
                        "s3:ListAllMyBuckets on *",
                        "s3:ListBucket on arn:aws:s3:::" + BUCKET,
                        "s3:GetBucketPublicAccessBlock on arn:aws:s3:::" + BUCKET);
    }

    private static CreateBucketRequest inRegion(String name, String region) {
        return CreateBucketRequest.builder()
                .bucket(name)
                .createBucketConfiguration(configuration -> configuration.locationConstraint(region))
                .build();
    }

    private void put(String key, String content) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private String get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asString(StandardCharsets.UTF_8);
    }

    private static List<String> keys(ListObjectsV2Response response) {
        return response.contents().stream().map(S3Object::key).toList();
    }

    /** @param code empty for an answer without a body, which has no code */
    private static void refused(String code, int status, ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class).isThrownBy(call).satisfies(failure -> {
            assertThat(failure.statusCode()).isEqualTo(status);
            if (!code.isEmpty()) {
                assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
            }
        });
    }

    /** Lets one key do everything, and remembers what it was asked. */
    private static final class Everyone implements Gate {
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public Optional<AccessKey> accessKey(String accessKeyId) {
            Caller caller = new Caller("123456789012", "arn:aws:iam::123456789012:user/alice", "AIDAALICE");
            return Optional.of(new AccessKey(accessKeyId, "secret", null, null, caller));
        }

        @Override
        public Decision decide(Caller caller, String action, String resource, Map<String, String> context) {
            asked.add(action + " on " + resource);
            return new Decision.Allowed();
        }
    }
}
