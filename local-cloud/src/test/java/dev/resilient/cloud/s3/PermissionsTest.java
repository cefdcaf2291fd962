package dev.resilient.cloud.s3;

import static dev.resilient.cloud.s3.S3Stage.BUCKET;
import static dev.resilient.cloud.s3.S3Stage.keys;
import static dev.resilient.cloud.s3.S3Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.OpenGate;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** What IAM is asked about, and owners who are not those that were expected. */
class PermissionsTest {
    @TempDir
    private Path data;

    private final RecordingGate gate = new RecordingGate();
    private S3Stage stage;
    private S3Client s3;

    @BeforeEach
    void start() {
        stage = new S3Stage(data, "us-west-2", gate);
        s3 = stage.s3;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void iam_is_asked_for_s3s_own_actions() {
        stage.put("key", "x");
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

    @Test
    void many_objects_are_deleted_at_once_each_with_its_own_permission() {
        stage.put("a", "1");
        stage.put("b", "2");
        stage.put("c", "3");
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
    void a_bucket_of_another_owner_than_expected_is_left_alone() {
        stage.put("mine", "content");

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
        refused("AccessDenied", 403, call);
    }

    /** Allows everything, and remembers what it was asked. */
    private static final class RecordingGate implements Gate {
        private final Gate open = new OpenGate();
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public Optional<AccessKey> accessKey(String accessKeyId) {
            return open.accessKey(accessKeyId);
        }

        @Override
        public Decision decide(Caller caller, Access.Question question, Origin origin) {
            asked.add(question.action() + " on " + question.resource());
            return open.decide(caller, question, origin);
        }
    }
}
