package dev.resilient.cloud.s3;

import static dev.resilient.wire.Route.Level.BUCKET;
import static dev.resilient.wire.Route.Level.OBJECT;

import dev.resilient.cloud.base.Account;
import dev.resilient.wire.Route;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusRequest;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.Type;

/**
 * What S3 can do with a bucket and this cloud does not: reading each of them tells the truth, that it is not set up, and setting it
 * up is refused by name.
 */
record BucketFeatures(Storage storage, Account account) {

    /** Those that are refused, and the query parameter that means them. */
    private static final List<List<String>> REFUSED = List.of(
            List.of("PutBucketAccelerateConfiguration", "accelerate"),
            List.of("PutBucketAcl", "acl"),
            List.of("PutBucketCors", "cors"),
            List.of("PutBucketEncryption", "encryption"),
            List.of("PutBucketLifecycleConfiguration", "lifecycle"),
            List.of("PutBucketLogging", "logging"),
            List.of("PutBucketNotificationConfiguration", "notification"),
            List.of("PutBucketOwnershipControls", "ownershipControls"),
            List.of("PutBucketPolicy", "policy"),
            List.of("PutBucketReplication", "replication"),
            List.of("PutBucketRequestPayment", "requestPayment"),
            List.of("PutBucketVersioning", "versioning"),
            List.of("PutBucketWebsite", "website"),
            List.of("PutObjectLockConfiguration", "object-lock"));

    void addTo(Operations operations) {
        for (List<String> refused : REFUSED) {
            operations
                    .registry()
                    .refuse(refused.getFirst(), Route.of("PUT", BUCKET).withQuery(refused.getLast()));
        }
        operations.registry().refuse("PutObjectAcl", Route.of("PUT", OBJECT).withQuery("acl"));
        addMissing(operations);
        addUsual(operations);
        addOwnership(operations);
    }

    private void addMissing(Operations operations) {
        missing(
                operations,
                "policy",
                GetBucketPolicyRequest.class,
                "GetBucketPolicy",
                "NoSuchBucketPolicy",
                "The bucket policy does not exist");
        missing(
                operations,
                "policyStatus",
                GetBucketPolicyStatusRequest.class,
                "GetBucketPolicyStatus",
                "NoSuchBucketPolicy",
                "The bucket policy does not exist");
        missing(
                operations,
                "cors",
                GetBucketCorsRequest.class,
                "GetBucketCORS",
                "NoSuchCORSConfiguration",
                "The CORS configuration does not exist");
        missing(
                operations,
                "encryption",
                GetBucketEncryptionRequest.class,
                "GetEncryptionConfiguration",
                "ServerSideEncryptionConfigurationNotFoundError",
                "The server side encryption configuration was not found");
        missing(
                operations,
                "lifecycle",
                GetBucketLifecycleConfigurationRequest.class,
                "GetLifecycleConfiguration",
                "NoSuchLifecycleConfiguration",
                "The lifecycle configuration does not exist");
        missing(
                operations,
                "replication",
                GetBucketReplicationRequest.class,
                "GetReplicationConfiguration",
                "ReplicationConfigurationNotFoundError",
                "The replication configuration was not found");
        missing(
                operations,
                "website",
                GetBucketWebsiteRequest.class,
                "GetBucketWebsite",
                "NoSuchWebsiteConfiguration",
                "The specified bucket does not have a website configuration");
        missing(
                operations,
                "object-lock",
                GetObjectLockConfigurationRequest.class,
                "GetBucketObjectLockConfiguration",
                "ObjectLockConfigurationNotFoundError",
                "Object Lock configuration does not exist for this bucket");
    }

    private <I extends AwsRequest> void missing(
            Operations operations, String query, Class<I> type, String action, String code, String message) {
        operations.add(get(query), type, action, request -> {
            storage.bucket(Members.get(request, "Bucket", String.class).orElseThrow());
            throw ServiceError.notFound(code, message);
        });
    }

    private void addUsual(Operations operations) {
        usual(
                operations,
                get("versioning").root("VersioningConfiguration"),
                GetBucketVersioningRequest.class,
                "GetBucketVersioning",
                GetBucketVersioningResponse.builder().build());
        usual(
                operations,
                get("logging").root("BucketLoggingStatus"),
                GetBucketLoggingRequest.class,
                "GetBucketLogging",
                GetBucketLoggingResponse.builder().build());
        usual(
                operations,
                get("accelerate").root("AccelerateConfiguration"),
                GetBucketAccelerateConfigurationRequest.class,
                "GetAccelerateConfiguration",
                GetBucketAccelerateConfigurationResponse.builder().build());
        usual(
                operations,
                get("notification").root("NotificationConfiguration"),
                GetBucketNotificationConfigurationRequest.class,
                "GetBucketNotification",
                GetBucketNotificationConfigurationResponse.builder().build());
        usual(
                operations,
                get("requestPayment").root("RequestPaymentConfiguration"),
                GetBucketRequestPaymentRequest.class,
                "GetBucketRequestPayment",
                GetBucketRequestPaymentResponse.builder()
                        .payer(Payer.BUCKET_OWNER)
                        .build());
    }

    private void addOwnership(Operations operations) {
        usual(
                operations,
                get("ownershipControls"),
                GetBucketOwnershipControlsRequest.class,
                "GetBucketOwnershipControls",
                GetBucketOwnershipControlsResponse.builder()
                        .ownershipControls(controls -> controls.rules(OwnershipControlsRule.builder()
                                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                                .build()))
                        .build());
        Grant everything = Grant.builder()
                .grantee(grantee -> grantee.type(Type.CANONICAL_USER).id(account.id()))
                .permission(Permission.FULL_CONTROL)
                .build();
        Owner owner = Owner.builder().id(account.id()).build();
        usual(
                operations,
                get("acl").root("AccessControlPolicy"),
                GetBucketAclRequest.class,
                "GetBucketAcl",
                GetBucketAclResponse.builder().owner(owner).grants(everything).build());
        GetObjectAclResponse ofObjects =
                GetObjectAclResponse.builder().owner(owner).grants(everything).build();
        Route object = Route.of("GET", OBJECT).withQuery("acl").root("AccessControlPolicy");
        operations.add(object, GetObjectAclRequest.class, "GetObjectAcl", request -> {
            storage.object(new ObjectName(request.bucket(), request.key()));
            return ofObjects;
        });
    }

    private <I extends AwsRequest, O extends AwsResponse> void usual(
            Operations operations, Route route, Class<I> type, String action, O answer) {
        operations.add(route, type, action, request -> {
            storage.bucket(Members.get(request, "Bucket", String.class).orElseThrow());
            return answer;
        });
    }

    private static Route get(String query) {
        return Route.of("GET", BUCKET).withQuery(query);
    }
}
