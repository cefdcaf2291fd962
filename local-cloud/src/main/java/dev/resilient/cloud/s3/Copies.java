package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.shape.Members;
import dev.resilient.wire.signature.Checksum;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/** Copies objects. */
record Copies(Storage storage, ObjectFiles files, Objects objects) {

    CopyObjectResponse copy(CopyObjectRequest request) {
        StoredObject source = storage.object(source(request));
        ObjectName name = new ObjectName(request.destinationBucket(), request.destinationKey());
        storage.bucket(name.bucket());
        boolean replaced = request.metadataDirective() == MetadataDirective.REPLACE;
        refuseIf(source.name().equals(name) && !replaced, Refusal.COPY_TO_ITSELF);
        Conditions.checkCopying(request, source);
        Map<String, Object> given = ObjectHeaders.of(request);
        String file = objects.newFile();
        if (!files.join(file, List.of(source.file()))) {
            return copy(request); // The source was replaced or deleted since it was looked up.
        }
        Checksum algorithm = ObjectChecksum.algorithm(request).orElse(source.checksum());
        StoredObject copy = objects.made(
                name,
                file,
                source.size(),
                Objects.hex(files.checksum(file, Checksum.MD5)),
                replaced ? given : ObjectHeaders.of(source),
                ObjectChecksum.ofWhole(algorithm, files.checksum(file, algorithm)));
        storage.put(copy, Conditions.forWriting(request.ifMatch(), request.ifNoneMatch()));
        return CopyObjectResponse.builder()
                .copyObjectResult(copy.show(CopyObjectResult.builder()).build())
                .build();
    }

    /** What the header {@code x-amz-copy-source} names: {@code bucket/key}, percent-encoded, with or without a slash in front. */
    static ObjectName source(SdkPojo request) {
        String header = Members.get(request, "CopySource", String.class).orElseThrow();
        refuseIf(header.contains("?versionId="), Refusal.NOT_IMPLEMENTED);
        String path = header.startsWith("/") ? header.substring(1) : header;
        int slash = path.indexOf('/');
        refuseIf(slash < 1 || slash == path.length() - 1, Refusal.COPY_SOURCE_INCOMPLETE);
        return new ObjectName(decoded(path.substring(0, slash)), decoded(path.substring(slash + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.COPY_SOURCE_ENCODING.get();
        }
    }
}
