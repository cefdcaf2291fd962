package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.wire.Checksum;
import dev.resilient.wire.ServiceError;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A checksum that is kept with an object or a part.
 *
 * @param value in Base64; of an object whose checksum is one of the checksums of its parts, with their number behind a hyphen
 */
record ObjectChecksum(Checksum algorithm, String value, boolean ofWholeObject) {
    private static final Set<Checksum> KEPT = EnumSet.complementOf(EnumSet.of(Checksum.MD5));

    /** What S3 computes where a caller names nothing else. */
    static final Checksum USUAL = Checksum.CRC_64_NVME;

    static ObjectChecksum of(Checksum algorithm, byte[] content) {
        return ofWhole(algorithm, algorithm.of(content));
    }

    static ObjectChecksum ofWhole(Checksum algorithm, byte[] value) {
        return new ObjectChecksum(algorithm, base64(value), true);
    }

    static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }

    /** The algorithm that a request names, or has a checksum of. */
    static Optional<Checksum> algorithm(SdkPojo request) {
        return Shapes.member(request, "ChecksumAlgorithm", String.class)
                .map(ObjectChecksum::named)
                .or(() -> KEPT.stream()
                        .filter(each -> given(request, each).isPresent())
                        .findFirst());
    }

    private static Checksum named(String name) {
        return KEPT.stream()
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidRequest",
                        "Checksum algorithm provided is unsupported. Please try again with any of the valid types:"
                                + " [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
    }

    /** The checksum of this algorithm that a shape has. */
    static Optional<String> given(SdkPojo shape, Checksum algorithm) {
        return Shapes.member(shape, "Checksum" + algorithm.wireName(), String.class);
    }

    String type() {
        return ofWholeObject ? "FULL_OBJECT" : "COMPOSITE";
    }

    /** Shows it in a response. */
    void show(SdkPojo response) {
        Shapes.set(response, "Checksum" + algorithm.wireName(), value);
        Shapes.set(response, "ChecksumType", type());
    }

    /** Takes it out of a response. */
    void hide(SdkPojo response) {
        Shapes.set(response, "Checksum" + algorithm.wireName(), null);
        Shapes.set(response, "ChecksumType", null);
    }
}
