package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Ids;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Call;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The operations on single objects, and the one that deletes many. */
final class Objects {
    private static final int MOST_AT_ONCE = 1000;

    private final Storage storage;
    private final ObjectFiles files;
    private final TimeSource time;
    private final Ids ids;

    Objects(Storage storage, ObjectFiles files, TimeSource time, Ids ids) {
        this.storage = storage;
        this.files = files;
        this.time = time;
        this.ids = ids;
    }

    PutObjectResponse put(PutObjectRequest request, Call call) {
        storage.bucket(request.bucket());
        byte[] digest = md5(call.payload());
        checkDigest(request.contentMD5(), digest);
        StoredObject object = new StoredObject(
                new ObjectName(request.bucket(), request.key()),
                ids.hex(32),
                call.payload().length,
                '"' + HexFormat.of().formatHex(digest) + '"',
                time.instant().truncatedTo(ChronoUnit.SECONDS),
                Optional.ofNullable(request.contentType()).orElse("binary/octet-stream"),
                request.contentEncoding(),
                request.checksumCRC32(),
                request.metadata());
        files.write(object.file(), call.payload());
        replace(object, "*".equals(request.ifNoneMatch()));
        return PutObjectResponse.builder()
                .eTag(object.eTag())
                .checksumCRC32(object.checksumCrc32())
                .build();
    }

    /** Puts {@code object} into its bucket, and lets go of the content that nobody names any more: the old or the new. */
    private void replace(StoredObject object, boolean onlyNew) {
        Optional<StoredObject> unnamed = Optional.of(object);
        try {
            unnamed = storage.put(object, onlyNew);
        } finally {
            unnamed.ifPresent(each -> files.delete(each.file()));
        }
    }

    private static void checkDigest(@Nullable String expected, byte[] digest) {
        if (expected != null && !expected.equals(Base64.getEncoder().encodeToString(digest))) {
            throw ServiceError.badRequest("BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }

    private static byte[] md5(byte[] content) {
        try {
            return MessageDigest.getInstance("MD5").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }

    Reply<GetObjectResponse> get(GetObjectRequest request) {
        ObjectName name = new ObjectName(request.bucket(), request.key());
        StoredObject object = storage.object(name);
        checkConditions(object, request.ifMatch(), request.ifNoneMatch());
        Optional<ByteRange> range = ByteRange.parse(request.range(), object.size());
        Optional<byte[]> content = files.read(object.file(), range.orElse(ByteRange.all(object.size())));
        if (content.isEmpty()) {
            return get(request); // It was replaced or deleted since it was looked up.
        }
        GetObjectResponse response = GetObjectResponse.builder()
                .acceptRanges("bytes")
                .contentLength((long) content.get().length)
                .contentRange(
                        range.map(part -> part.contentRange(object.size())).orElse(null))
                .contentType(object.contentType())
                .contentEncoding(object.contentEncoding())
                .eTag(object.eTag())
                .lastModified(object.modified())
                .checksumCRC32(range.isEmpty() ? checksum(object, request.checksumMode()) : null)
                .metadata(object.metadata())
                .build();
        return new Reply<>(response, content.get());
    }

    HeadObjectResponse head(HeadObjectRequest request) {
        StoredObject object = storage.object(new ObjectName(request.bucket(), request.key()));
        checkConditions(object, request.ifMatch(), request.ifNoneMatch());
        Optional<ByteRange> range = ByteRange.parse(request.range(), object.size());
        return HeadObjectResponse.builder()
                .acceptRanges("bytes")
                .contentLength(range.map(ByteRange::length).orElse(object.size()))
                .contentRange(
                        range.map(part -> part.contentRange(object.size())).orElse(null))
                .contentType(object.contentType())
                .contentEncoding(object.contentEncoding())
                .eTag(object.eTag())
                .lastModified(object.modified())
                .checksumCRC32(checksum(object, request.checksumMode()))
                .metadata(object.metadata())
                .build();
    }

    private static @Nullable String checksum(StoredObject object, @Nullable ChecksumMode mode) {
        return mode == ChecksumMode.ENABLED ? object.checksumCrc32() : null;
    }

    private static void checkConditions(StoredObject object, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && !names(ifMatch, object)) {
            throw S3Errors.preconditionFailed();
        }
        if (ifNoneMatch != null && names(ifNoneMatch, object)) {
            throw new ServiceError("NotModified", 304, "Not Modified");
        }
    }

    private static boolean names(String condition, StoredObject object) {
        return condition.equals("*")
                || condition.equals(object.eTag())
                || ('"' + condition + '"').equals(object.eTag());
    }

    DeleteObjectResponse delete(DeleteObjectRequest request) {
        delete(new ObjectName(request.bucket(), request.key()));
        return DeleteObjectResponse.builder().build();
    }

    DeleteObjectsResponse deleteMany(DeleteObjectsRequest request) {
        if (request.delete() == null
                || request.delete().objects().isEmpty()
                || request.delete().objects().size() > MOST_AT_ONCE) {
            throw S3Errors.malformedXml();
        }
        List<DeletedObject> deleted = new ArrayList<>();
        for (ObjectIdentifier object : request.delete().objects()) {
            delete(new ObjectName(request.bucket(), object.key()));
            deleted.add(DeletedObject.builder().key(object.key()).build());
        }
        return DeleteObjectsResponse.builder()
                .deleted(Boolean.TRUE.equals(request.delete().quiet()) ? List.of() : deleted)
                .build();
    }

    private void delete(ObjectName name) {
        storage.remove(name).ifPresent(object -> files.delete(object.file()));
    }
}
