package dev.resilient.cloud.s3;

import static dev.resilient.cloud.s3.S3Stage.BUCKET;
import static dev.resilient.cloud.s3.S3Stage.inRegion;
import static dev.resilient.cloud.s3.S3Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.OpenGate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;

/** Buckets: their names and regions, their tags, who may see them, and how they go. */
class BucketsTest {
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
    void a_bucket_is_found_described_and_deleted_when_it_is_empty() {
        assertThat(s3.headBucket(request -> request.bucket(BUCKET)).bucketRegion())
                .isEqualTo("us-west-2");
        assertThat(s3.getBucketLocation(request -> request.bucket(BUCKET)).locationConstraintAsString())
                .isEqualTo("us-west-2");
        assertThat(s3.listBuckets().buckets()).extracting("name").containsExactly(BUCKET);
        stage.put("key", "x");
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
    void the_oldest_region_has_rules_of_its_own(@TempDir Path elsewhere) {
        try (S3Stage oldest = new S3Stage(elsewhere, "us-east-1", new OpenGate())) {
            oldest.s3.createBucket(request -> request.bucket("twice"));
            oldest.s3.createBucket(request -> request.bucket("twice"));

            assertThat(oldest.s3.listBuckets().buckets()).extracting("name").containsExactly(BUCKET, "twice");
        }
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
}
