package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Shapes;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Checksum;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
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

    PutObjectResponse put(PutObjectRequest request, byte[] content) {
        storage.bucket(request.bucket());
        Consumer<Optional<StoredObject>> condition = Conditions.forWriting(request.ifMatch(), request.ifNoneMatch());
        Checksum algorithm = ObjectChecksum.algorithm(request).orElse(ObjectChecksum.USUAL);
        ObjectName name = new ObjectName(request.bucket(), request.key());
        StoredObject object = written(name, ObjectHeaders.of(request), algorithm, content);
        keep(object, () -> storage.put(object, condition));
        return object.show(PutObjectResponse.builder()).build();
    }

    /** A new object whose content is in a file, and which is nowhere else yet. */
    StoredObject written(ObjectName name, Map<String, Object> headers, Checksum algorithm, byte[] content) {
        String file = newFile();
        files.write(file, content);
        return new StoredObject(
                name,
                file,
                content.length,
                eTag(Checksum.MD5.of(content)),
                now(),
                headers,
                ObjectChecksum.of(algorithm, content));
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
        Optional<ByteRange> range = describe(object, request, response);
        ObjectHeaders.STANDARD.forEach(member -> Shapes.member(request, "Response" + member, Object.class)
                .ifPresent(value -> Shapes.set(response, member, value)));
        return files.read(object.file(), range.orElse(ByteRange.all(object.size())))
                .map(content -> new Reply<>(response.build(), content))
                .orElseGet(() -> get(request)); // It was replaced or deleted since it was looked up.
    }

    HeadObjectResponse head(HeadObjectRequest request) {
        StoredObject object = storage.object(new ObjectName(request.bucket(), request.key()));
        HeadObjectResponse.Builder response = HeadObjectResponse.builder();
        describe(object, request, response);
        return response.build();
    }

    /** A checksum is of the whole object, so it is not shown with a part. */
    private static Optional<ByteRange> describe(StoredObject object, SdkPojo request, SdkPojo response) {
        Conditions.of(request, "").checkReading(object);
        String asked = Shapes.member(request, "Range", String.class).orElse(null);
        Optional<ByteRange> range = ByteRange.parse(asked, object.size());
        String mode = Shapes.member(request, "ChecksumMode", String.class).orElse("");
        object.show(response, range, mode.equals("ENABLED") && range.isEmpty());
        return range;
    }

    void delete(DeleteObjectRequest request) {
        delete(new ObjectName(request.bucket(), request.key()), Conditions.forWriting(request.ifMatch(), null));
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
