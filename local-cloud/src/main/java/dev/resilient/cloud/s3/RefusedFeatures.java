package dev.resilient.cloud.s3;

import static dev.resilient.cloud.s3.Operations.route;

import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.Locale;

/**
 * What S3 can do and this cloud cannot, as far as it would pass for something else: a GET of a bucket with {@code ?acl} for a
 * listing, a PUT of an object with it for another object. It is refused by name.
 */
final class RefusedFeatures {
    /** Of buckets, behind the query parameter that means them. */
    private static final List<String> OF_BUCKETS = List.of("""
        accelerate=BucketAccelerateConfiguration acl=BucketAcl cors=BucketCors encryption=BucketEncryption
        lifecycle=BucketLifecycleConfiguration logging=BucketLogging notification=BucketNotificationConfiguration
        object-lock=ObjectLockConfiguration ownershipControls=BucketOwnershipControls policy=BucketPolicy
        policyStatus=BucketPolicyStatus replication=BucketReplication requestPayment=BucketRequestPayment
        versioning=BucketVersioning website=BucketWebsite\
        """.split("\\s+"));

    private RefusedFeatures() {}

    static void register(OperationRegistry registry) {
        for (String method : List.of("Get", "Put", "Delete")) {
            String verb = method.toUpperCase(Locale.ROOT);
            for (String feature : OF_BUCKETS) {
                String[] names = feature.split("=", 2);
                registry.refuse(method + names[1], route(verb + " bucket?" + names[0]));
            }
            registry.refuse(method + "ObjectAcl", route(verb + " object?acl"));
            registry.refuse(method + "ObjectTagging", route(verb + " object?tagging"));
            registry.refuse(method + "Object with versionId", route(verb + " object?versionId"));
        }
        registry.refuse("HeadObject with versionId", route("HEAD object?versionId"));
        registry.refuse("HeadObject with partNumber", route("HEAD object?partNumber"));
        registry.refuse("GetObject with partNumber", route("GET object?partNumber"));
        registry.refuse("GetObjectAttributes", route("GET object?attributes"));
        registry.refuse("ListParts", route("GET object?uploadId"));
        registry.refuse("ListMultipartUploads", route("GET bucket?uploads"));
        registry.refuse("ListObjectVersions", route("GET bucket?versions"));
        registry.refuse("RenameObject", route("PUT object?renameObject"));
        registry.refuse("PutObject with x-amz-write-offset-bytes", route("PUT object + x-amz-write-offset-bytes"));
        registry.refuse("UploadPartCopy", route("PUT object?uploadId + x-amz-copy-source"));
    }
}
