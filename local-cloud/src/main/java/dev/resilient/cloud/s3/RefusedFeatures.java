package dev.resilient.cloud.s3;

import static dev.resilient.wire.Route.Level.BUCKET;
import static dev.resilient.wire.Route.Level.OBJECT;

import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What S3 can do and this cloud cannot, as far as it would pass for something else: a GET of a bucket with {@code ?acl} for a
 * listing, a PUT of an object with it for another object. It is refused by name.
 */
final class RefusedFeatures {
    /** Of buckets, by the query parameter that means them. */
    private static final Map<String, String> OF_BUCKETS = Map.ofEntries(
            Map.entry("accelerate", "BucketAccelerateConfiguration"),
            Map.entry("acl", "BucketAcl"),
            Map.entry("cors", "BucketCors"),
            Map.entry("encryption", "BucketEncryption"),
            Map.entry("lifecycle", "BucketLifecycleConfiguration"),
            Map.entry("logging", "BucketLogging"),
            Map.entry("notification", "BucketNotificationConfiguration"),
            Map.entry("object-lock", "ObjectLockConfiguration"),
            Map.entry("ownershipControls", "BucketOwnershipControls"),
            Map.entry("policy", "BucketPolicy"),
            Map.entry("policyStatus", "BucketPolicyStatus"),
            Map.entry("replication", "BucketReplication"),
            Map.entry("requestPayment", "BucketRequestPayment"),
            Map.entry("versioning", "BucketVersioning"),
            Map.entry("website", "BucketWebsite"));

    private RefusedFeatures() {}

    static void register(OperationRegistry registry) {
        for (String method : List.of("Get", "Put", "Delete")) {
            String verb = method.toUpperCase(Locale.ROOT);
            OF_BUCKETS.forEach((query, name) ->
                    registry.refuse(method + name, Route.of(verb, BUCKET).withQuery(query)));
            registry.refuse(method + "ObjectAcl", Route.of(verb, OBJECT).withQuery("acl"));
            registry.refuse(method + "ObjectTagging", Route.of(verb, OBJECT).withQuery("tagging"));
            registry.refuse(
                    method + "Object with versionId", Route.of(verb, OBJECT).withQuery("versionId"));
        }
        registry.refuse("HeadObject with versionId", Route.of("HEAD", OBJECT).withQuery("versionId"));
        registry.refuse("HeadObject with partNumber", Route.of("HEAD", OBJECT).withQuery("partNumber"));
        Route get = Route.of("GET", OBJECT);
        registry.refuse("GetObject with partNumber", get.withQuery("partNumber"));
        registry.refuse("GetObjectAttributes", get.withQuery("attributes"));
        registry.refuse("ListParts", get.withQuery("uploadId"));
        registry.refuse("ListMultipartUploads", Route.of("GET", BUCKET).withQuery("uploads"));
        registry.refuse("ListObjectVersions", Route.of("GET", BUCKET).withQuery("versions"));
        Route put = Route.of("PUT", OBJECT);
        registry.refuse("RenameObject", put.withQuery("renameObject"));
        registry.refuse("PutObject with x-amz-write-offset-bytes", put.withHeader("x-amz-write-offset-bytes"));
        registry.refuse("UploadPartCopy", put.withQuery("uploadId").withHeader("x-amz-copy-source"));
    }
}
