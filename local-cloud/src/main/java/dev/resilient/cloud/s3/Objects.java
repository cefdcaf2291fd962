package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Ids;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Access;
import dev.resilient.wire.Call;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import dev.resilient.wire.signature.Checksum;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
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

    Reply<PutObjectResponse> put(PutObjectRequest request, Call call) {
        return new Reply<>(put(request, call.payload()));
    }

    PutObjectResponse put(PutObjectRequest request, byte[] content) {
        storage.bucket(request.bucket());
        Consumer<Optional<StoredObject>> condition = Conditions.forWriting(request.ifMatch(), request.ifNoneMatch());
        Checksum algorithm = ObjectChecksum.algorithm(request).orElse(ObjectChecksum.USUAL);
        ObjectName name = new ObjectName(request.bucket(), request.key());
        StoredObject object = written(name, ObjectHeaders.of(request), algorithm, content);
        storage.put(object, condition);
        return object.show(PutObjectResponse.builder()).build();
    }

    /** A new object whose content is in a file, and which is nowhere else yet. */
    StoredObject written(ObjectName name, Map<String, Object> headers, Checksum algorithm, byte[] content) {
        String file = newFile();
        files.write(file, content);
        Map<String, Object> checksum = ObjectChecksum.ofWhole(algorithm, algorithm.of(content));
        return made(name, file, content.length, hex(Checksum.MD5.of(content)), headers, checksum);
    }

    /** An object that is made now: in whole seconds, as S3 counts. */
    StoredObject made(
            ObjectName name,
            String file,
            long size,
            String md5,
            Map<String, Object> headers,
            Map<String, Object> checksum) {
        Map<String, Object> members = new HashMap<>(headers);
        members.putAll(checksum);
        members.put("ETag", '"' + md5 + '"');
        members.put("ContentLength", size);
        members.put("LastModified", time.instant().truncatedTo(ChronoUnit.SECONDS));
        members.put("AcceptRanges", "bytes");
        return new StoredObject(name, file, members);
    }

    /** A name that no file has had. */
    String newFile() {
        return ids.hex(32);
    }

    static String hex(byte[] md5) {
        return HexFormat.of().formatHex(md5);
    }

    Reply<GetObjectResponse> get(GetObjectRequest request, Call call) {
        StoredObject object = storage.object(new ObjectName(request.bucket(), request.key()));
        GetObjectResponse.Builder response = GetObjectResponse.builder();
        Optional<ByteRange> range = describe(object, request, response);
        ObjectHeaders.MEMBERS.forEach(member -> Members.get(request, "Response" + member, Object.class)
                .ifPresent(value -> Members.set(response, member, value)));
        return files.read(object.file(), range.orElse(ByteRange.all(object.size())))
                .map(content -> new Reply<>(response.build(), content))
                .orElseGet(() -> get(request, call)); // It was replaced or deleted since it was looked up.
    }

    HeadObjectResponse head(HeadObjectRequest request) {
        StoredObject object = storage.object(new ObjectName(request.bucket(), request.key()));
        HeadObjectResponse.Builder response = HeadObjectResponse.builder();
        describe(object, request, response);
        return response.build();
    }

    /** A checksum is of the whole object, so it is not shown with a part. */
    private static Optional<ByteRange> describe(StoredObject object, SdkPojo request, SdkPojo response) {
        Conditions.checkReading(request, object);
        String asked = Members.get(request, "Range", String.class).orElse(null);
        Optional<ByteRange> range = ByteRange.parse(asked, object.size());
        object.show(response);
        range.ifPresent(part -> {
            Members.set(response, "ContentLength", part.length());
            Members.set(response, "ContentRange", part.contentRange(object.size()));
        });
        String mode = Members.get(request, "ChecksumMode", String.class).orElse("");
        if (!mode.equals("ENABLED") || range.isPresent()) {
            Members.set(response, ObjectChecksum.member(object.checksum()), null);
            Members.set(response, "ChecksumType", null);
        }
        return range;
    }

    void delete(DeleteObjectRequest request) {
        storage.remove(new ObjectName(request.bucket(), request.key()), Conditions.forWriting(request.ifMatch(), null));
    }

    Reply<DeleteObjectsResponse> deleteMany(DeleteObjectsRequest request, Call call) {
        refuseIf(request.delete() == null, Refusal.MALFORMED_XML);
        int number = request.delete().objects().size();
        refuseIf(number == 0 || number > MOST_AT_ONCE, Refusal.MALFORMED_XML);
        List<DeletedObject> deleted = new ArrayList<>();
        List<S3Error> failed = new ArrayList<>();
        for (ObjectIdentifier object : request.delete().objects()) {
            try {
                ObjectName name = new ObjectName(request.bucket(), object.key());
                requireAllowed(Operations.question("DeleteObject", name.bucket(), name.key()), request, call);
                storage.remove(name, Conditions.forWriting(object.eTag(), null));
                deleted.add(DeletedObject.builder().key(object.key()).build());
            } catch (ServiceError refused) {
                failed.add(S3Error.builder()
                        .key(object.key())
                        .code(refused.code())
                        .message(refused.getMessage())
                        .build());
            }
        }
        return new Reply<>(DeleteObjectsResponse.builder()
                .deleted(Boolean.TRUE.equals(request.delete().quiet()) ? List.of() : deleted)
                .errors(failed)
                .build());
    }

    private static void requireAllowed(Access.Question question, DeleteObjectsRequest request, Call call) {
        if (call.ask(question.of("", request)) instanceof Gate.Decision.Denied(String message)) {
            throw new ServiceError("AccessDenied", 403, message);
        }
    }
}
