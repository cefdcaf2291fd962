package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Members;
import dev.resilient.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What a caller says about an object beside its content, and gets back with it.
 *
 * @param standard header fields by the names of their members: {@code ContentType}
 * @param metadata the caller's own, by name without {@code x-amz-meta-}
 */
record ObjectHeaders(Map<String, Object> standard, Map<String, String> metadata) {
    private static final String CONTENT_TYPE = "ContentType";
    private static final List<String> STANDARD = List.of(
            CONTENT_TYPE, "ContentEncoding", "ContentDisposition", "ContentLanguage", "CacheControl", "Expires");

    /** What would change how an object is kept or who may see it. */
    private static final List<String> NOT_HONOURED = List.of("""
        ServerSideEncryption SSECustomerAlgorithm SSEKMSKeyId ObjectLockMode ObjectLockLegalHoldStatus Tagging
        WebsiteRedirectLocation GrantFullControl GrantRead GrantReadACP GrantWriteACP\
        """.split("\\s+"));

    private static final Set<String> USUAL_ACLS = Set.of("private", "bucket-owner-full-control");
    private static final int LARGEST_METADATA = 2 * 1024;
    private static final int LONGEST_KEY = 1024;

    ObjectHeaders {
        standard = Map.copyOf(standard);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Those of a request that makes an object.
     *
     * @throws ServiceError if it asks for something that is not supported, or is larger than AWS allows
     */
    static ObjectHeaders of(SdkPojo request) {
        check(request);
        Map<String, Object> standard = new HashMap<>();
        STANDARD.forEach(
                member -> Members.get(request, member, Object.class).ifPresent(value -> standard.put(member, value)));
        standard.putIfAbsent(CONTENT_TYPE, "binary/octet-stream");
        Map<String, String> metadata = new HashMap<>();
        Members.get(request, "Metadata", Map.class)
                .ifPresent(map -> ((Map<?, ?>) map).forEach((name, value) -> metadata.put("" + name, "" + value)));
        int size = metadata.entrySet().stream()
                .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
        refuseIf(
                size > LARGEST_METADATA,
                () -> ServiceError.badRequest(
                        "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size"));
        return new ObjectHeaders(standard, metadata);
    }

    private static void check(SdkPojo request) {
        refuseIf(
                Members.get(request, "Key", String.class)
                        .filter(key -> bytes(key) > LONGEST_KEY)
                        .isPresent(),
                () -> ServiceError.badRequest("KeyTooLongError", "Your key is too long"));
        boolean unusual = NOT_HONOURED.stream().anyMatch(member -> Members.get(request, member, Object.class)
                        .isPresent())
                || Members.get(request, "StorageClass", String.class)
                        .filter(storage -> !storage.equals("STANDARD"))
                        .isPresent();
        refuseIf(unusual, S3Errors::notImplemented);
        refuseIf(
                Members.get(request, "ACL", String.class)
                        .filter(acl -> !USUAL_ACLS.contains(acl))
                        .isPresent(),
                () -> ServiceError.badRequest("AccessControlListNotSupported", "The bucket does not allow ACLs"));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Shows them in a response. */
    void show(SdkPojo response) {
        standard.forEach((member, value) -> Members.set(response, member, value));
        Members.set(response, "Metadata", metadata);
    }
}
