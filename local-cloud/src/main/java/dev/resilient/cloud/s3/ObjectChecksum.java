package dev.resilient.cloud.s3;

import dev.resilient.wire.shape.Members;
import dev.resilient.wire.signature.Checksum;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/** The checksums that are kept with objects and parts, in the members of requests, responses and {@link StoredObject}s. */
final class ObjectChecksum {
    /** The algorithms. */
    static final Set<Checksum> KEPT = EnumSet.complementOf(EnumSet.of(Checksum.MD5));
    /** What S3 computes where a caller names nothing else. */
    static final Checksum USUAL = Checksum.CRC_64_NVME;

    private ObjectChecksum() {}

    /** The algorithm that a request names, or has a checksum of. */
    static Optional<Checksum> algorithm(SdkPojo request) {
        return Members.get(request, "ChecksumAlgorithm", String.class)
                .map(ObjectChecksum::named)
                .or(() -> KEPT.stream()
                        .filter(each -> given(request, each).isPresent())
                        .findFirst());
    }

    private static Checksum named(String name) {
        return KEPT.stream()
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElseThrow(Refusal.UNKNOWN_CHECKSUM);
    }

    /** The member that has a checksum of this algorithm. */
    static String member(Checksum algorithm) {
        return "Checksum" + algorithm.wireName();
    }

    /** The checksum of this algorithm that a shape has. */
    static Optional<String> given(SdkPojo shape, Checksum algorithm) {
        return Members.get(shape, member(algorithm), String.class);
    }

    /** The members that show the checksum of a whole object. */
    static Map<String, Object> ofWhole(Checksum algorithm, byte[] value) {
        return Map.of(member(algorithm), base64(value), "ChecksumType", ChecksumType.FULL_OBJECT.toString());
    }

    /** The members that show the checksum of so many checksums of parts. */
    static Map<String, Object> ofParts(Checksum algorithm, byte[] checksums, int number) {
        String value = base64(algorithm.of(checksums)) + "-" + number;
        return Map.of(member(algorithm), value, "ChecksumType", ChecksumType.COMPOSITE.toString());
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }
}
