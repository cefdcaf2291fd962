package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.Call;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.signature.Checksum;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Uploads objects in parts. */
record Uploads(Storage storage, ObjectFiles files, Objects objects) {
    private static final int MOST_PARTS = 10_000;
    private static final long SMALLEST_PART = 5L << 20;

    CreateMultipartUploadResponse create(CreateMultipartUploadRequest request) {
        Checksum checksum = ObjectChecksum.algorithm(request).orElse(ObjectChecksum.USUAL);
        boolean sha = checksum == Checksum.SHA_1 || checksum == Checksum.SHA_256;
        ChecksumType asked = request.checksumType();
        boolean usual = checksum == ObjectChecksum.USUAL;
        refuseIf(
                (sha && asked == ChecksumType.FULL_OBJECT) || (usual && asked == ChecksumType.COMPOSITE),
                () -> ServiceError.badRequest(
                        "InvalidRequest",
                        "The " + asked + " checksum type cannot be used with the "
                                + checksum.wireName().toLowerCase(Locale.ROOT) + " checksum algorithm."));
        ChecksumType type =
                usual ? ChecksumType.FULL_OBJECT : Optional.ofNullable(asked).orElse(ChecksumType.COMPOSITE);
        Upload upload = new Upload(
                objects.newFile(),
                new ObjectName(request.bucket(), request.key()),
                ObjectHeaders.of(request),
                checksum,
                type == ChecksumType.FULL_OBJECT);
        storage.begin(upload);
        boolean named = request.checksumAlgorithm() != null;
        return CreateMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .uploadId(upload.id())
                .checksumAlgorithm(named ? checksum.wireName() : null)
                .checksumType(named ? type : null)
                .build();
    }

    Reply<UploadPartResponse> upload(UploadPartRequest request, Call call) {
        Upload upload = storage.upload(new ObjectName(request.bucket(), request.key()), request.uploadId());
        int number = request.partNumber();
        refuseIf(number < 1 || number > MOST_PARTS, Refusal.PART_NUMBER);
        StoredObject part = objects.written(upload.part(number), Map.of(), upload.checksum(), call.payload());
        storage.putPart(upload, part);
        return new Reply<>(part.show(UploadPartResponse.builder()).build());
    }

    void abort(AbortMultipartUploadRequest request) {
        storage.abort(storage.upload(new ObjectName(request.bucket(), request.key()), request.uploadId()));
    }

    CompleteMultipartUploadResponse complete(CompleteMultipartUploadRequest request) {
        Upload upload = storage.upload(new ObjectName(request.bucket(), request.key()), request.uploadId());
        Consumer<Optional<StoredObject>> condition = Conditions.forWriting(request.ifMatch(), request.ifNoneMatch());
        refuseIf(request.multipartUpload() == null, Refusal.MALFORMED_XML);
        List<StoredObject> chosen = chosen(upload, request.multipartUpload().parts());
        String file = objects.newFile();
        refuseIf(!files.join(file, chosen.stream().map(StoredObject::file).toList()), Refusal.NO_SUCH_UPLOAD);
        StoredObject object = joined(upload, chosen, file);
        storage.complete(upload, object, earlier -> {
            checkChecksum(request, object);
            condition.accept(earlier);
        });
        return object.show(CompleteMultipartUploadResponse.builder())
                .bucket(request.bucket())
                .key(request.key())
                .location("/" + request.bucket() + "/" + request.key())
                .build();
    }

    private List<StoredObject> chosen(Upload upload, List<CompletedPart> named) {
        refuseIf(named.isEmpty(), Refusal.MALFORMED_XML);
        Map<Integer, StoredObject> all = storage.parts(upload).collect(Collectors.toMap(Upload::number, part -> part));
        List<StoredObject> chosen = new ArrayList<>();
        for (CompletedPart each : named) {
            StoredObject part = Optional.ofNullable(all.get(each.partNumber()))
                    .filter(one ->
                            each.eTag() != null && one.md5().equals(each.eTag().replace("\"", "")))
                    .filter(one -> ObjectChecksum.given(each, upload.checksum())
                            .map(one.checksumValue()::equals)
                            .orElse(true))
                    .orElseThrow(Refusal.INVALID_PART);
            if (!chosen.isEmpty()) {
                refuseIf(Upload.number(part) <= Upload.number(chosen.getLast()), Refusal.INVALID_PART_ORDER);
                refuseIf(chosen.getLast().size() < SMALLEST_PART, Refusal.ENTITY_TOO_SMALL);
            }
            chosen.add(part);
        }
        return chosen;
    }

    private StoredObject joined(Upload upload, List<StoredObject> parts, String file) {
        ByteArrayOutputStream md5s = new ByteArrayOutputStream();
        ByteArrayOutputStream checksums = new ByteArrayOutputStream();
        for (StoredObject part : parts) {
            md5s.writeBytes(HexFormat.of().parseHex(part.md5()));
            checksums.writeBytes(Base64.getDecoder().decode(part.checksumValue()));
        }
        return objects.made(
                upload.name(),
                file,
                parts.stream().mapToLong(StoredObject::size).sum(),
                Objects.hex(Checksum.MD5.of(md5s.toByteArray())) + "-" + parts.size(),
                upload.headers(),
                upload.ofWholeObject()
                        ? ObjectChecksum.ofWhole(upload.checksum(), files.checksum(file, upload.checksum()))
                        : ObjectChecksum.ofParts(upload.checksum(), checksums.toByteArray(), parts.size()));
    }

    private static void checkChecksum(CompleteMultipartUploadRequest request, StoredObject object) {
        Checksum algorithm = object.checksum();
        boolean differs = ObjectChecksum.given(request, algorithm)
                .filter(given -> !given.equals(object.checksumValue()))
                .isPresent();
        refuseIf(
                differs,
                () -> ServiceError.badRequest(
                        "BadDigest",
                        "The " + algorithm.wireName() + " you specified did not match the calculated checksum."));
    }
}
