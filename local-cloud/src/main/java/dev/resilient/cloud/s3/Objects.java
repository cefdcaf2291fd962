package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Ids;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Checksum;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
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
import software.amazon.awssdk.services.s3.model.S3Error;

/** The operations on single objects, and the one that deletes many. */
record Objects(Storage storage, ObjectFiles files, TimeSource time, Ids ids) {
    private static final int MOST_AT_ONCE = 1000;

    /** Members of a GetObject request that change a header of its response. */
    private static final List<String> OVERRIDES = List.of(
            "ContentType", "ContentEncoding", "ContentDisposition", "ContentLanguage", "CacheControl", "Expires");

    PutObjectResponse put(PutObjectRequest request, byte[] content) {
        storage.bucket(request.bucket());
        Consumer<Optional<StoredObject>> condition = Conditions.forWriting(request.ifMatch(), request.ifNoneMatch());
        Checksum algorithm = ObjectChecksum.algorithm(request).orElse(ObjectChecksum.USUAL);
        StoredObject object = new StoredObject(
                new ObjectName(request.bucket(), request.key()),
                newFile(),
                content.length,
                eTag(Checksum.MD5.of(content)),
                now(),
                ObjectHeaders.of(request),
                ObjectChecksum.of(algorithm, content));
        files.write(object.file(), content);
        keep(object, () -> storage.put(object, condition));
        PutObjectResponse.Builder response = PutObjectResponse.builder().eTag(object.eTag());
        object.checksum().show(response);
        return response.build();
    }

    /** A name that no file has had. */
    String newFile() {
        return ids.hex(32);
    }

    /** In whole seconds, as S3 counts. */
    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    static String eTag(byte[] md5) {
        return '"' + HexFormat.of().formatHex(md5) + '"';
    }

    /** Puts an object into its bucket, and lets go of the content that nobody names any more: the old or the new. */
    void keep(StoredObject object, Placement placement) {
        Optional<StoredObject> unnamed = Optional.of(object);
        try {
            unnamed = placement.put();
        } finally {
            unnamed.ifPresent(each -> files.delete(each.file()));
        }
    }

    /** Puts an object where it belongs, and returns the one that was there. */
    @FunctionalInterface
    interface Placement {
        Optional<StoredObject> put();
    }

    Reply<GetObjectResponse> get(GetObjectRequest request) {
        StoredObject object = storage.object(new ObjectName(request.bucket(), request.key()));
        GetObjectResponse.Builder response = GetObjectResponse.builder();
        Optional<ByteRange> range = describe(object, request, request.range(), request.checksumMode(), response);
        for (String member : OVERRIDES) {
            Members.set(
                    response,
                    member,
                    Members.get(request, "Response" + member, Object.class).orElse(null));
        }
        return files.read(object.file(), range.orElse(ByteRange.all(object.size())))
                .map(content -> new Reply<>(response.build(), content))
                .orElseGet(() -> get(request)); // It was replaced or deleted since it was looked up.
    }

    HeadObjectResponse head(HeadObjectRequest request) {
        StoredObject object = storage.object(new ObjectName(request.bucket(), request.key()));
        HeadObjectResponse.Builder response = HeadObjectResponse.builder();
        describe(object, request, request.range(), request.checksumMode(), response);
        return response.build();
    }

    /** A checksum is of the whole object, so it is not shown with a part. */
    private static Optional<ByteRange> describe(
            StoredObject object,
            SdkPojo request,
            @Nullable String asked,
            @Nullable ChecksumMode mode,
            SdkPojo response) {
        Conditions.of(request, "").checkReading(object);
        Optional<ByteRange> range = ByteRange.parse(asked, object.size());
        object.show(response, range, mode == ChecksumMode.ENABLED && range.isEmpty());
        return range;
    }

    DeleteObjectResponse delete(DeleteObjectRequest request) {
        delete(new ObjectName(request.bucket(), request.key()), Conditions.forWriting(request.ifMatch(), null));
        return DeleteObjectResponse.builder().build();
    }

    DeleteObjectsResponse deleteMany(DeleteObjectsRequest request) {
        if (request.delete() == null
                || request.delete().objects().isEmpty()
                || request.delete().objects().size() > MOST_AT_ONCE) {
            throw S3Errors.malformedXml();
        }
        List<DeletedObject> deleted = new ArrayList<>();
        List<S3Error> failed = new ArrayList<>();
        for (ObjectIdentifier object : request.delete().objects()) {
            try {
                delete(new ObjectName(request.bucket(), object.key()), Conditions.forWriting(object.eTag(), null));
                deleted.add(DeletedObject.builder().key(object.key()).build());
            } catch (ServiceError refused) {
                failed.add(S3Error.builder()
                        .key(object.key())
                        .code(refused.code())
                        .message(refused.getMessage())
                        .build());
            }
        }
        return DeleteObjectsResponse.builder()
                .deleted(Boolean.TRUE.equals(request.delete().quiet()) ? List.of() : deleted)
                .errors(failed)
                .build();
    }

    private void delete(ObjectName name, Consumer<Optional<StoredObject>> condition) {
        storage.remove(name, condition).ifPresent(object -> files.delete(object.file()));
    }
}
