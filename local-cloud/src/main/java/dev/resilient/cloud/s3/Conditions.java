package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Conditions under which an object is read.
 *
 * @param match ETag that it must have
 * @param noneMatch ETag that it must not have
 * @param modifiedSince before its last change; not looked at beside {@code noneMatch}
 * @param unmodifiedSince at or after its last change; not looked at beside {@code match}
 */
record Conditions(
        Optional<String> match,
        Optional<String> noneMatch,
        Optional<Instant> modifiedSince,
        Optional<Instant> unmodifiedSince) {

    /** Those in the members {@code PrefixIfMatch} and so on of a request. */
    static Conditions of(SdkPojo request, String prefix) {
        return new Conditions(
                Shapes.member(request, prefix + "IfMatch", String.class),
                Shapes.member(request, prefix + "IfNoneMatch", String.class),
                Shapes.member(request, prefix + "IfModifiedSince", Instant.class),
                Shapes.member(request, prefix + "IfUnmodifiedSince", Instant.class));
    }

    /** @throws ServiceError {@code PreconditionFailed}, or 304 if the caller has what there is */
    void checkReading(StoredObject object) {
        refuseIf(isRefused(object), S3Errors::preconditionFailed);
        refuseIf(isKnown(object), () -> new ServiceError("NotModified", 304, "Not Modified"));
    }

    /** @throws ServiceError {@code PreconditionFailed} */
    void checkCopying(StoredObject object) {
        refuseIf(isRefused(object) || isKnown(object), S3Errors::preconditionFailed);
    }

    private boolean isRefused(StoredObject object) {
        return match.map(eTag -> !object.isNamedBy(eTag))
                .or(() -> unmodifiedSince.map(object.modified()::isAfter))
                .orElse(false);
    }

    private boolean isKnown(StoredObject object) {
        return noneMatch
                .map(object::isNamedBy)
                .or(() -> modifiedSince.map(since -> !object.modified().isAfter(since)))
                .orElse(false);
    }

    /**
     * What must be true of the object that is there before another takes its place.
     *
     * @param ifMatch ETag that it must have
     * @param ifNoneMatch {@code *} if there must be none
     * @throws ServiceError {@code NotImplemented} for another {@code ifNoneMatch}
     */
    static Consumer<Optional<StoredObject>> forWriting(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw S3Errors.notImplemented();
        }
        return earlier -> {
            if (ifNoneMatch != null && earlier.isPresent()) {
                throw S3Errors.preconditionFailed();
            }
            if (ifMatch != null && !earlier.orElseThrow(S3Errors::noSuchKey).isNamedBy(ifMatch)) {
                throw S3Errors.preconditionFailed();
            }
        };
    }
}
