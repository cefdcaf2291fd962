package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.Call;
import dev.resilient.wire.Checksum;
import dev.resilient.wire.ServiceError;
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
        boolean canBeWhole = checksum != Checksum.SHA_1 && checksum != Checksum.SHA_256;
        boolean ofWholeObject = checksum == ObjectChecksum.USUAL || request.checksumType() == ChecksumType.FULL_OBJECT;
        refuseIf(
                (ofWholeObject && !canBeWhole)
                        || (checksum == ObjectChecksum.USUAL && request.checksumType() == ChecksumType.COMPOSITE),
                () -> ServiceError.badRequest(
                        "InvalidRequest",
                        "The " + request.checksumTypeAsString() + " checksum type cannot be used with the "
                                + checksum.wireName().toLowerCase(Locale.ROOT) + " checksum algorithm."));
        Upload upload = new Upload(
                objects.newFile(),
                new ObjectName(request.bucket(), request.key()),
                ObjectHeaders.of(request),
                checksum,
                ofWholeObject);
        storage.begin(upload);
        boolean asked = request.checksumAlgorithm() != null;
        return CreateMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .uploadId(upload.id())
                .checksumAlgorithm(asked ? checksum.wireName() : null)
                .checksumType(asked ? (ofWholeObject ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE) : null)
                .build();
    }

    UploadPartResponse upload(UploadPartRequest request, Call call) {
        Upload upload = storage.upload(new ObjectName(request.bucket(), request.key()), request.uploadId());
        int number = request.partNumber();
        refuseIf(
                number < 1 || number > MOST_PARTS,
                () -> S3Errors.invalidArgument("Part number must be an integer between 1 and 10000, inclusive"));
        StoredObject part = objects.written(upload.part(number), Map.of(), upload.checksum(), call.payload());
        objects.keep(part, () -> storage.putPart(upload, part));
        return part.show(UploadPartResponse.builder()).build();
    }

    void abort(AbortMultipartUploadRequest request) {
        Upload upload = storage.upload(new ObjectName(request.bucket(), request.key()), request.uploadId());
        storage.end(upload, () -> {}).forEach(part -> files.delete(part.file()));
    }

    CompleteMultipartUploadResponse complete(CompleteMultipartUploadRequest request) {
        Upload upload = storage.upload(new ObjectName(request.bucket(), request.key()), request.uploadId());
        Consumer<Optional<StoredObject>> condition = Conditions.forWriting(request.ifMatch(), request.ifNoneMatch());
        List<StoredObject> chosen = chosen(
                upload,
                request.multipartUpload() == null
                        ? List.of()
                        : request.multipartUpload().parts());
        String file = objects.newFile();
        refuseIf(!files.join(file, chosen.stream().map(StoredObject::file).toList()), S3Errors::noSuchUpload);
        StoredObject object = joined(upload, chosen, file);
        objects.keep(object, () -> {
            checkChecksum(request, object);
            List<StoredObject> earlier = new ArrayList<>();
            storage.end(upload, () -> storage.put(object, condition).ifPresent(earlier::add))
                    .forEach(part -> files.delete(part.file()));
            return earlier.stream().findFirst();
        });
        return object.show(CompleteMultipartUploadResponse.builder())
                .bucket(request.bucket())
                .key(request.key())
                .location("/" + request.bucket() + "/" + request.key())
                .build();
    }

    private List<StoredObject> chosen(Upload upload, List<CompletedPart> named) {
        refuseIf(named.isEmpty(), S3Errors::malformedXml);
        Map<Integer, StoredObject> all = storage.parts(upload).collect(Collectors.toMap(Upload::number, part -> part));
        List<StoredObject> chosen = new ArrayList<>();
        for (CompletedPart each : named) {
            StoredObject part = Optional.ofNullable(all.get(each.partNumber()))
                    .filter(one ->
                            each.eTag() != null && one.md5().equals(each.eTag().replace("\"", "")))
                    .filter(one -> ObjectChecksum.given(each, upload.checksum())
                            .map(one.checksum().value()::equals)
                            .orElse(true))
                    .orElseThrow(() -> ServiceError.badRequest(
                            "InvalidPart",
                            "One or more of the specified parts could not be found.  The part may not have been"
                                    + " uploaded, or the specified entity tag may not match the part's entity tag."));
            refuseIf(
                    !chosen.isEmpty() && Upload.number(part) <= Upload.number(chosen.getLast()),
                    () -> ServiceError.badRequest(
                            "InvalidPartOrder",
                            "The list of parts was not in ascending order. The parts list must be specified in order by"
                                    + " part number."));
            refuseIf(
                    !chosen.isEmpty() && chosen.getLast().size() < SMALLEST_PART,
                    () -> ServiceError.badRequest(
                            "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"));
            chosen.add(part);
        }
        return chosen;
    }

    private StoredObject joined(Upload upload, List<StoredObject> parts, String file) {
        ByteArrayOutputStream md5s = new ByteArrayOutputStream();
        ByteArrayOutputStream checksums = new ByteArrayOutputStream();
        for (StoredObject part : parts) {
            md5s.writeBytes(HexFormat.of().parseHex(part.md5()));
            checksums.writeBytes(Base64.getDecoder().decode(part.checksum().value()));
        }
        String eTag = HexFormat.of().formatHex(Checksum.MD5.of(md5s.toByteArray())) + "-" + parts.size();
        ObjectChecksum checksum = upload.ofWholeObject()
                ? ObjectChecksum.ofWhole(upload.checksum(), files.checksum(file, upload.checksum()))
                : new ObjectChecksum(
                        upload.checksum(),
                        ObjectChecksum.base64(upload.checksum().of(checksums.toByteArray())) + "-" + parts.size(),
                        false);
        return new StoredObject(
                upload.name(),
                file,
                parts.stream().mapToLong(StoredObject::size).sum(),
                '"' + eTag + '"',
                objects.now(),
                upload.headers(),
                checksum);
    }

    private static void checkChecksum(CompleteMultipartUploadRequest request, StoredObject object) {
        Checksum algorithm = object.checksum().algorithm();
        boolean differs = ObjectChecksum.given(request, algorithm)
                .filter(given -> !given.equals(object.checksum().value()))
                .isPresent();
        refuseIf(
                differs,
                () -> ServiceError.badRequest(
                        "BadDigest",
                        "The " + algorithm.wireName() + " you specified did not match the calculated checksum."));
    }
}
