package dev.resilient.cloud.s3;

import dev.resilient.wire.ServiceError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** The operations on the tags of objects. */
record ObjectTags(Storage storage) {
    private static final int MOST = 10;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    GetObjectTaggingResponse get(GetObjectTaggingRequest request) {
        return GetObjectTaggingResponse.builder()
                .tagSet(storage.object(new ObjectName(request.bucket(), request.key()))
                        .tags())
                .build();
    }

    PutObjectTaggingResponse put(PutObjectTaggingRequest request) {
        if (request.tagging() == null) {
            throw S3Errors.malformedXml();
        }
        List<Tag> tags = checked(request.tagging().tagSet());
        storage.update(new ObjectName(request.bucket(), request.key()), object -> object.withTags(tags));
        return PutObjectTaggingResponse.builder().build();
    }

    DeleteObjectTaggingResponse delete(DeleteObjectTaggingRequest request) {
        storage.update(new ObjectName(request.bucket(), request.key()), object -> object.withTags(List.of()));
        return DeleteObjectTaggingResponse.builder().build();
    }

    /** The tags in the header {@code x-amz-tagging}: {@code a=1&b=2}. */
    static List<Tag> parse(@Nullable String header) {
        return header == null || header.isEmpty()
                ? List.of()
                : checked(Arrays.stream(header.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .map(pair -> Tag.builder()
                                .key(decoded(pair[0]))
                                .value(pair.length == 1 ? "" : decoded(pair[1]))
                                .build())
                        .toList());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ServiceError.badRequest(
                    "InvalidArgument",
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without"
                            + " tag name duplicates.");
        }
    }

    private static List<Tag> checked(List<Tag> tags) {
        if (tags.size() > MOST) {
            throw ServiceError.badRequest("BadRequest", "Object tags cannot be greater than " + MOST);
        }
        for (Tag tag : tags) {
            if (tag.key() == null || tag.value() == null) {
                throw S3Errors.malformedXml();
            }
            if (tag.key().isEmpty()
                    || tag.key().length() > LONGEST_KEY
                    || tag.key().startsWith("aws:")) {
                throw ServiceError.badRequest("InvalidTag", "The TagKey you have provided is invalid");
            }
            if (tag.value().length() > LONGEST_VALUE) {
                throw ServiceError.badRequest("InvalidTag", "The TagValue you have provided is invalid");
            }
        }
        if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
            throw ServiceError.badRequest("InvalidTag", "Cannot provide multiple Tags with the same key");
        }
        return tags;
    }
}
