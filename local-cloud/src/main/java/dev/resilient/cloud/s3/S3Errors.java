package dev.resilient.cloud.s3;

import dev.resilient.wire.ServiceError;

/** S3's errors, in its own words. */
final class S3Errors {
    private S3Errors() {}

    static ServiceError noSuchBucket() {
        return ServiceError.notFound("NoSuchBucket", "The specified bucket does not exist");
    }

    static ServiceError noSuchKey() {
        return ServiceError.notFound("NoSuchKey", "The specified key does not exist.");
    }

    static ServiceError preconditionFailed() {
        return new ServiceError(
                "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");
    }

    static ServiceError notImplemented() {
        return new ServiceError(
                "NotImplemented", 501, "A header you provided implies functionality that is not implemented");
    }

    static ServiceError noSuchUpload() {
        return ServiceError.notFound(
                "NoSuchUpload",
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted"
                        + " or completed.");
    }

    static ServiceError invalidArgument(String message) {
        return ServiceError.badRequest("InvalidArgument", message);
    }

    static ServiceError malformedXml() {
        return ServiceError.badRequest(
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }
}
