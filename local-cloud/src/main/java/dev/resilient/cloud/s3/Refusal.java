package dev.resilient.cloud.s3;

import dev.resilient.wire.ServiceError;
import java.util.function.Supplier;

/** What S3 answers to what cannot be, in its own words. */
enum Refusal implements Supplier<ServiceError> {
    ACCESS_DENIED("AccessDenied", 403, "Access Denied"),
    ACLS_NOT_SUPPORTED("AccessControlListNotSupported", 400, "The bucket does not allow ACLs"),
    BUCKET_ALREADY_OWNED_BY_YOU(
            "BucketAlreadyOwnedByYou",
            409,
            "Your previous request to create the named bucket succeeded and you already own it."),
    BUCKET_NOT_EMPTY("BucketNotEmpty", 409, "The bucket you tried to delete is not empty"),
    COPY_SOURCE_ENCODING("InvalidArgument", 400, "Invalid copy source encoding."),
    COPY_SOURCE_INCOMPLETE(
            "InvalidArgument", 400, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"),
    COPY_TO_ITSELF(
            "InvalidRequest",
            400,
            "This copy request is illegal because it is trying to copy an object to itself without changing the"
                    + " object's metadata, storage class, website redirect location or encryption attributes."),
    ENTITY_TOO_SMALL("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size"),
    INVALID_BUCKET_NAME("InvalidBucketName", 400, "The specified bucket is not valid."),
    INVALID_LOCATION_CONSTRAINT("InvalidLocationConstraint", 400, "The specified location-constraint is not valid"),
    INVALID_PART(
            "InvalidPart",
            400,
            "One or more of the specified parts could not be found.  The part may not have been uploaded, or the"
                    + " specified entity tag may not match the part's entity tag."),
    INVALID_PART_ORDER(
            "InvalidPartOrder",
            400,
            "The list of parts was not in ascending order. The parts list must be specified in order by part number."),
    INVALID_RANGE("InvalidRange", 416, "The requested range is not satisfiable"),
    INVALID_TOKEN("InvalidArgument", 400, "The continuation token provided is incorrect"),
    KEY_TOO_LONG("KeyTooLongError", 400, "Your key is too long"),
    MALFORMED_XML(
            "MalformedXML",
            400,
            "The XML you provided was not well-formed or did not validate against our published schema"),
    MAX_KEYS("InvalidArgument", 400, "Argument max-keys must be an integer between 0 and 2147483647"),
    METADATA_TOO_LARGE("MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size"),
    NO_SUCH_BUCKET("NoSuchBucket", 404, "The specified bucket does not exist"),
    NO_SUCH_KEY("NoSuchKey", 404, "The specified key does not exist."),
    NO_SUCH_PUBLIC_ACCESS_BLOCK(
            "NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found"),
    NO_SUCH_TAG_SET("NoSuchTagSet", 404, "The TagSet does not exist"),
    NO_SUCH_UPLOAD(
            "NoSuchUpload",
            404,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or"
                    + " completed."),
    NOT_IMPLEMENTED("NotImplemented", 501, "A header you provided implies functionality that is not implemented"),
    NOT_MODIFIED("NotModified", 304, "Not Modified"),
    PART_NUMBER("InvalidArgument", 400, "Part number must be an integer between 1 and 10000, inclusive"),
    PRECONDITION_FAILED("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold"),
    TAG_TWICE("InvalidTag", 400, "Cannot provide multiple Tags with the same key"),
    TOO_MANY_TAGS("BadRequest", 400, "Bucket tag count cannot be greater than 50"),
    UNKNOWN_CHECKSUM(
            "InvalidRequest",
            400,
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C,"
                    + " CRC64NVME, SHA1, SHA256]");

    private final String code;
    private final int status;
    private final String message;

    Refusal(String code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    @Override
    public ServiceError get() {
        return new ServiceError(code, status, message);
    }
}
