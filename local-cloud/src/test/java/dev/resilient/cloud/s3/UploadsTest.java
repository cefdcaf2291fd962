package dev.resilient.cloud.s3;

import static dev.resilient.cloud.s3.S3Stage.BUCKET;
import static dev.resilient.cloud.s3.S3Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Uploads in parts. */
class UploadsTest {
    private static final int SMALLEST = 5 << 20;
    private static final byte[] FIRST = bytes(SMALLEST, 'a');
    private static final byte[] SECOND = bytes(3, 'b');

    @TempDir
    private Path data;

    private S3Stage stage;
    private S3Client s3;

    private static byte[] bytes(int number, char each) {
        byte[] bytes = new byte[number];
        Arrays.fill(bytes, (byte) each);
        return bytes;
    }

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
    void parts_become_one_object_whose_etag_counts_them() throws Exception {
        String id = begin("big");
        CompletedPart second = upload("big", id, 7, SECOND);
        upload("big", id, 2, bytes(1, 'x'));
        CompletedPart first = upload("big", id, 2, FIRST);
        assertThat(stage.files()).isEqualTo(2);

        CompleteMultipartUploadResponse completed = complete("big", id, first, second);
        // the MD5 of the parts' MD5s, from md5sum
        assertThat(completed.eTag()).isEqualTo("\"" + md5OfMd5s() + "-2\"");
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(BUCKET).key("big").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.contentLength()).isEqualTo(SMALLEST + 3L);
        assertThat(head.metadata()).containsExactly(Map.entry("m", "1"));
        assertThat(head.checksumCRC32()).endsWith("-2");
        assertThat(head.checksumTypeAsString()).isEqualTo("COMPOSITE");
        byte[] content = s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("big"))
                .asByteArray();
        assertThat(Arrays.copyOf(content, SMALLEST)).isEqualTo(FIRST);
        assertThat(Arrays.copyOfRange(content, SMALLEST, content.length)).isEqualTo(SECOND);
        assertThat(stage.files()).isEqualTo(1);
        refused("NoSuchUpload", 404, () -> complete("big", id, first, second));
    }

    private static String md5OfMd5s() throws Exception {
        java.security.MessageDigest md5 = java.security.MessageDigest.getInstance("MD5");
        byte[] first = md5.digest(FIRST);
        byte[] second = md5.digest(SECOND);
        md5.update(first);
        return java.util.HexFormat.of().formatHex(md5.digest(second));
    }

    @Test
    void a_checksum_of_the_whole_object_can_be_asked_for() {
        byte[] content = new byte[SMALLEST + 10];
        new Random(1).nextBytes(content);
        String id = s3.createMultipartUpload(request -> request.bucket(BUCKET)
                        .key("whole")
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .checksumType("FULL_OBJECT"))
                .uploadId();
        CompletedPart first = upload("whole", id, 1, Arrays.copyOf(content, SMALLEST));
        CompletedPart second = upload("whole", id, 2, Arrays.copyOfRange(content, SMALLEST, content.length));
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(content);
        assertThat(complete("whole", id, first, second).checksumCRC32())
                .isEqualTo(java.util.Base64.getEncoder()
                        .encodeToString(java.nio.ByteBuffer.allocate(4)
                                .putInt((int) crc.getValue())
                                .array()));
    }

    @Test
    void what_does_not_fit_together_is_refused_and_the_upload_goes_on() {
        String id = begin("a");
        CompletedPart small = upload("a", id, 1, SECOND);
        CompletedPart last = upload("a", id, 2, SECOND);
        refused("EntityTooSmall", 400, () -> complete("a", id, small, last));
        refused("InvalidPartOrder", 400, () -> complete("a", id, last, small));
        refused(
                "InvalidPart",
                400,
                () -> complete("a", id, small.toBuilder().eTag("\"x\"").build()));
        refused(
                "InvalidPart",
                400,
                () -> complete("a", id, small.toBuilder().partNumber(9).build()));
        refused("MalformedXML", 400, () -> complete("a", id));
        refused("InvalidArgument", 400, () -> upload("a", id, 10_001, SECOND));
        refused("NoSuchUpload", 404, () -> upload("b", id, 1, SECOND));
        refused("NoSuchKey", 404, () -> stage.get("a"));
        complete("a", id, last);
        assertThat(stage.get("a")).isEqualTo("bbb");
    }

    @Test
    void what_was_uploaded_is_gone_when_aborted() throws Exception {
        String id = begin("a");
        upload("a", id, 1, SECOND);
        assertThat(stage.files()).isOne();
        s3.abortMultipartUpload(request -> request.bucket(BUCKET).key("a").uploadId(id));
        refused(
                "NoSuchUpload",
                404,
                () -> s3.abortMultipartUpload(
                        request -> request.bucket(BUCKET).key("a").uploadId(id)));
        assertThat(stage.files()).isZero();
    }

    @Test
    void an_upload_outlives_its_cloud() {
        String id = begin("later");
        CompletedPart part = upload("later", id, 1, SECOND);
        stage.close();
        start();
        complete("later", id, part);
        assertThat(stage.get("later")).isEqualTo("bbb");
    }

    private String begin(String key) {
        return s3.createMultipartUpload(request -> request.bucket(BUCKET)
                        .key(key)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .metadata(Map.of("m", "1")))
                .uploadId();
    }

    private CompletedPart upload(String key, String id, int number, byte[] content) {
        var response = s3.uploadPart(
                request -> request.bucket(BUCKET)
                        .key(key)
                        .uploadId(id)
                        .partNumber(number)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromBytes(content));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(response.eTag())
                .checksumCRC32(response.checksumCRC32())
                .build();
    }

    private CompleteMultipartUploadResponse complete(String key, String id, CompletedPart... parts) {
        return s3.completeMultipartUpload(request ->
                request.bucket(BUCKET).key(key).uploadId(id).multipartUpload(upload -> upload.parts(List.of(parts))));
    }
}
