package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.shape.Members;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The conditions of requests on objects: {@code IfMatch} and {@code IfNoneMatch} name an ETag, {@code IfModifiedSince} and
 * {@code IfUnmodifiedSince}, which are not looked at beside those, a time.
 */
final class Conditions {
    private Conditions() {}

    /** @throws dev.resilient.wire.ServiceError {@code PreconditionFailed}, or 304 if the caller has what there is */
    static void checkReading(SdkPojo request, StoredObject object) {
        refuseIf(isRefused(request, "", object), Refusal.PRECONDITION_FAILED);
        refuseIf(isKnown(request, "", object), Refusal.NOT_MODIFIED);
    }

    /** @throws dev.resilient.wire.ServiceError {@code PreconditionFailed} */
    static void checkCopying(SdkPojo request, StoredObject source) {
        refuseIf(
                isRefused(request, "CopySource", source) || isKnown(request, "CopySource", source),
                Refusal.PRECONDITION_FAILED);
    }

    private static boolean isRefused(SdkPojo request, String prefix, StoredObject object) {
        return Members.get(request, prefix + "IfMatch", String.class)
                .map(eTag -> !object.isNamedBy(eTag))
                .or(() -> Members.get(request, prefix + "IfUnmodifiedSince", Instant.class)
                        .map(object.modified()::isAfter))
                .orElse(false);
    }

    private static boolean isKnown(SdkPojo request, String prefix, StoredObject object) {
        return Members.get(request, prefix + "IfNoneMatch", String.class)
                .map(object::isNamedBy)
                .or(() -> Members.get(request, prefix + "IfModifiedSince", Instant.class)
                        .map(since -> !object.modified().isAfter(since)))
                .orElse(false);
    }

    /**
     * What must be true of the object that is there before another takes its place.
     *
     * @param ifMatch ETag that it must have
     * @param ifNoneMatch {@code *} if there must be none
     * @throws dev.resilient.wire.ServiceError {@code NotImplemented} for another {@code ifNoneMatch}
     */
    static Consumer<Optional<StoredObject>> forWriting(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        refuseIf(ifNoneMatch != null && !ifNoneMatch.equals("*"), Refusal.NOT_IMPLEMENTED);
        return earlier -> {
            refuseIf(ifNoneMatch != null && earlier.isPresent(), Refusal.PRECONDITION_FAILED);
            if (ifMatch != null) {
                refuseIf(!earlier.orElseThrow(Refusal.NO_SUCH_KEY).isNamedBy(ifMatch), Refusal.PRECONDITION_FAILED);
            }
        };
    }
}
