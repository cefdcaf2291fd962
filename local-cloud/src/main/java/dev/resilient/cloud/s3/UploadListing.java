package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Account;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** Lists the uploads to a bucket, and the parts of one. */
record UploadListing(Storage storage, Account account) {
    private static final int LARGEST_PAGE = 1000;

    ListMultipartUploadsResponse list(ListMultipartUploadsRequest request) {
        storage.bucket(request.bucket());
        if (request.delimiter() != null) {
            throw S3Errors.notImplemented();
        }
        KeyPage.Wish wish = KeyPage.Wish.of(
                Optional.ofNullable(request.prefix()),
                Optional.empty(),
                Optional.ofNullable(request.keyMarker())
                        .map(key -> key + "\0"
                                + Optional.ofNullable(request.uploadIdMarker()).orElse("~")),
                Optional.ofNullable(request.maxUploads()));
        KeyPage<Upload> page = KeyPage.of(
                storage.uploadsTo(request.bucket(), wish.start()),
                upload -> upload.name().key() + "\0" + upload.id(),
                wish);
        Optional<Upload> last = page.truncated() ? Optional.of(page.items().getLast()) : Optional.empty();
        return ListMultipartUploadsResponse.builder()
                .bucket(request.bucket())
                .prefix(request.prefix())
                .keyMarker(request.keyMarker())
                .uploadIdMarker(request.uploadIdMarker())
                .encodingType(request.encodingType())
                .maxUploads(wish.size())
                .isTruncated(page.truncated())
                .nextKeyMarker(
                        last.map(upload -> ObjectListing.encoded(upload.name().key(), request.encodingType()))
                                .orElse(null))
                .nextUploadIdMarker(last.map(Upload::id).orElse(null))
                .uploads(page.items().stream()
                        .map(upload -> MultipartUpload.builder()
                                .key(ObjectListing.encoded(upload.name().key(), request.encodingType()))
                                .uploadId(upload.id())
                                .initiated(upload.begun())
                                .storageClass(StorageClass.STANDARD)
                                .owner(owner -> owner.id(account.id()))
                                .initiator(initiator -> initiator.id(account.id()))
                                .build())
                        .toList())
                .build();
    }

    ListPartsResponse list(ListPartsRequest request) {
        Upload upload = storage.upload(new ObjectName(request.bucket(), request.key()), request.uploadId());
        int after = Optional.ofNullable(request.partNumberMarker()).orElse(0);
        int size = Math.min(Optional.ofNullable(request.maxParts()).orElse(LARGEST_PAGE), LARGEST_PAGE);
        if (after < 0 || size < 0) {
            throw S3Errors.invalidArgument("Argument max-parts must be an integer between 0 and 2147483647");
        }
        List<Part> found = storage.parts(upload, after).limit(size + 1L).toList();
        List<Part> shown = found.subList(0, Math.min(size, found.size()));
        return ListPartsResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .uploadId(upload.id())
                .partNumberMarker(after)
                .nextPartNumberMarker(shown.isEmpty() ? after : shown.getLast().number())
                .maxParts(size)
                .isTruncated(found.size() > shown.size())
                .parts(shown.stream().map(UploadListing::shown).toList())
                .owner(owner -> owner.id(account.id()))
                .initiator(initiator -> initiator.id(account.id()))
                .storageClass(StorageClass.STANDARD)
                .checksumAlgorithm(upload.checksum().wireName())
                .checksumType(upload.ofWholeObject() ? "FULL_OBJECT" : "COMPOSITE")
                .build();
    }

    private static software.amazon.awssdk.services.s3.model.Part shown(Part part) {
        software.amazon.awssdk.services.s3.model.Part.Builder shown =
                software.amazon.awssdk.services.s3.model.Part.builder()
                        .partNumber(part.number())
                        .size(part.size())
                        .eTag(part.eTag())
                        .lastModified(part.modified());
        part.checksum().show(shown);
        return shown.build();
    }
}
