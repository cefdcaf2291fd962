package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.shape.Members;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** What a caller says about an object beside its content, and gets back with it. */
final class ObjectHeaders {
    /** Header fields, by the names of their members, and the owner's own metadata. */
    static final List<String> MEMBERS = List.of("""
        ContentType ContentEncoding ContentDisposition ContentLanguage CacheControl Expires Metadata\
        """.split(" "));

    /** What would change how an object is kept or who may see it. */
    private static final List<String> NOT_HONOURED = List.of("""
        ServerSideEncryption SSECustomerAlgorithm SSEKMSKeyId ObjectLockMode ObjectLockLegalHoldStatus Tagging
        WebsiteRedirectLocation GrantFullControl GrantRead GrantReadACP GrantWriteACP\
        """.split("\\s+"));

    private static final Set<String> USUAL_ACLS = Set.of("private", "bucket-owner-full-control");
    private static final int LARGEST_METADATA = 2 * 1024;
    private static final int LONGEST_KEY = 1024;

    private ObjectHeaders() {}

    /**
     * Those of a request that makes an object.
     *
     * @throws dev.resilient.wire.ServiceError if it asks for something that is not supported, or is larger than AWS allows
     */
    static Map<String, Object> of(SdkPojo request) {
        check(request);
        Map<String, Object> headers = new HashMap<>(Map.of("ContentType", "binary/octet-stream"));
        MEMBERS.forEach(
                member -> Members.get(request, member, Object.class).ifPresent(value -> headers.put(member, value)));
        return headers;
    }

    /** Those of an object. */
    static Map<String, Object> of(StoredObject object) {
        Map<String, Object> headers = new HashMap<>(object.members());
        headers.keySet().retainAll(MEMBERS);
        return headers;
    }

    private static void check(SdkPojo request) {
        refuseIf(text(request, "Key").filter(key -> bytes(key) > LONGEST_KEY).isPresent(), Refusal.KEY_TOO_LONG);
        refuseIf(
                NOT_HONOURED.stream().anyMatch(member -> Members.get(request, member, Object.class)
                                .isPresent())
                        || !text(request, "StorageClass").orElse("STANDARD").equals("STANDARD"),
                Refusal.NOT_IMPLEMENTED);
        refuseIf(text(request, "ACL").filter(acl -> !USUAL_ACLS.contains(acl)).isPresent(), Refusal.ACLS_NOT_SUPPORTED);
        Map<?, ?> metadata = Members.get(request, "Metadata", Map.class).orElse(Map.of());
        int size = metadata.entrySet().stream()
                .mapToInt(entry -> bytes("" + entry.getKey()) + bytes("" + entry.getValue()))
                .sum();
        refuseIf(size > LARGEST_METADATA, Refusal.METADATA_TOO_LARGE);
    }

    private static Optional<String> text(SdkPojo request, String member) {
        return Members.get(request, member, String.class);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
