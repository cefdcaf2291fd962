package dev.resilient.cloud.s3;

import static dev.resilient.wire.Route.Level.BUCKET;
import static dev.resilient.wire.Route.Level.OBJECT;
import static dev.resilient.wire.Route.Level.SERVICE;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Route;
import dev.resilient.wire.ServiceModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;

/** S3: the index in the store, the contents of objects as files. Thread-safe, and owns no thread. */
public final class S3 implements AwsService {
    private final Storage storage;
    private final Buckets buckets;
    private final BucketSettings settings;
    private final Objects objects;

    /**
     * The buckets that the store has; the contents of their objects must be in {@code data}.
     *
     * @param data a folder; objects are kept in its subfolder {@code s3}, which is made when it is needed
     */
    public S3(CloudContext cloud, Path data) {
        this.storage = new Storage(cloud.store());
        this.buckets = new Buckets(cloud.account(), storage, cloud.time());
        this.settings = new BucketSettings(storage);
        this.objects = new Objects(storage, new ObjectFiles(data.resolve("s3")), cloud.time(), cloud.ids());
    }

    @Override
    public ServiceModel model() {
        return new ServiceModel(
                "s3",
                "software.amazon.awssdk.services.s3.model",
                "2006-03-01",
                new ServiceModel.Protocol.RestXml("http://s3.amazonaws.com/doc/2006-03-01/"));
    }

    @Override
    public void register(OperationRegistry operations) {
        registerBuckets(operations);
        registerTags(operations);
        registerPublicAccessBlock(operations);
        registerObjects(operations);
        registerManyObjects(operations);
        refuseLookAlikes(operations);
    }

    /** What would pass for an operation on a whole object of one version, and destroy or return something else. */
    private static void refuseLookAlikes(OperationRegistry operations) {
        Route put = Route.of("PUT", OBJECT);
        operations.refuse("CopyObject", put.withHeader("x-amz-copy-source"));
        operations.refuse("UploadPart", put.withQuery("partNumber"));
        operations.refuse("UploadPartCopy", put.withQuery("partNumber").withHeader("x-amz-copy-source"));
        operations.refuse("RenameObject", put.withQuery("renameObject"));
        operations.refuse("PutObject with x-amz-write-offset-bytes", put.withHeader("x-amz-write-offset-bytes"));
        operations.refuse("PutObject with If-Match", put.withHeader("if-match"));
        operations.refuse("GetObject with partNumber", Route.of("GET", OBJECT).withQuery("partNumber"));
        for (String method : List.of("Get", "Head", "Delete")) {
            operations.refuse(
                    method + "Object with versionId",
                    Route.of(method.toUpperCase(Locale.ROOT), OBJECT).withQuery("versionId"));
        }
    }

    private void registerBuckets(OperationRegistry operations) {
        operations.register(
                ListBucketsRequest.class,
                Access.action("s3:ListAllMyBuckets", request -> "*"),
                (request, _) -> buckets.list(request));
        operations.route(ListBucketsRequest.class, Route.of("GET", SERVICE).root("ListAllMyBucketsResult"));
        operations.register(
                CreateBucketRequest.class,
                Access.resource(request -> arn(request.bucket())),
                (request, _) -> buckets.create(request));
        operations.route(CreateBucketRequest.class, Route.of("PUT", BUCKET));
        operations.register(
                HeadBucketRequest.class,
                Access.action("s3:ListBucket", request -> arn(request.bucket())),
                (request, _) -> buckets.head(request));
        operations.route(HeadBucketRequest.class, Route.of("HEAD", BUCKET));
        operations.register(
                DeleteBucketRequest.class,
                Access.resource(request -> arn(request.bucket())),
                (request, _) -> buckets.delete(request));
        operations.route(DeleteBucketRequest.class, Route.of("DELETE", BUCKET).status(204));
        operations.register(
                GetBucketLocationRequest.class,
                Access.resource(request -> arn(request.bucket())),
                (request, _) -> buckets.location(request));
        operations.route(
                GetBucketLocationRequest.class,
                Route.of("GET", BUCKET).withQuery("location").root("LocationConstraint"));
    }

    private void registerTags(OperationRegistry operations) {
        Route tagging = Route.of("GET", BUCKET).withQuery("tagging");
        operations.register(
                GetBucketTaggingRequest.class,
                Access.resource(request -> arn(request.bucket())),
                (request, _) -> settings.tags(request));
        operations.route(GetBucketTaggingRequest.class, tagging.root("Tagging"));
        operations.register(
                PutBucketTaggingRequest.class,
                Access.resource(request -> arn(request.bucket())),
                (request, _) -> settings.putTags(request));
        operations.route(
                PutBucketTaggingRequest.class,
                Route.of("PUT", BUCKET).withQuery("tagging").status(204));
        operations.register(
                DeleteBucketTaggingRequest.class,
                Access.action("s3:PutBucketTagging", request -> arn(request.bucket())),
                (request, _) -> settings.deleteTags(request));
        operations.route(
                DeleteBucketTaggingRequest.class,
                Route.of("DELETE", BUCKET).withQuery("tagging").status(204));
    }

    private void registerPublicAccessBlock(OperationRegistry operations) {
        operations.register(
                GetPublicAccessBlockRequest.class,
                Access.action("s3:GetBucketPublicAccessBlock", request -> arn(request.bucket())),
                (request, _) -> settings.publicAccessBlock(request));
        operations.route(
                GetPublicAccessBlockRequest.class, Route.of("GET", BUCKET).withQuery("publicAccessBlock"));
        operations.register(
                PutPublicAccessBlockRequest.class,
                Access.action("s3:PutBucketPublicAccessBlock", request -> arn(request.bucket())),
                (request, _) -> settings.putPublicAccessBlock(request));
        operations.route(
                PutPublicAccessBlockRequest.class, Route.of("PUT", BUCKET).withQuery("publicAccessBlock"));
        operations.register(
                DeletePublicAccessBlockRequest.class,
                Access.action("s3:PutBucketPublicAccessBlock", request -> arn(request.bucket())),
                (request, _) -> settings.deletePublicAccessBlock(request));
        operations.route(
                DeletePublicAccessBlockRequest.class,
                Route.of("DELETE", BUCKET).withQuery("publicAccessBlock").status(204));
    }

    private void registerObjects(OperationRegistry operations) {
        operations.register(
                PutObjectRequest.class, Access.resource(request -> arn(request.bucket(), request.key())), objects::put);
        operations.route(PutObjectRequest.class, Route.of("PUT", OBJECT));
        operations.registerStreaming(
                GetObjectRequest.class,
                Access.resource(request -> arn(request.bucket(), request.key())),
                (request, _) -> objects.get(request));
        operations.route(GetObjectRequest.class, Route.of("GET", OBJECT));
        operations.register(
                HeadObjectRequest.class,
                Access.action("s3:GetObject", request -> arn(request.bucket(), request.key())),
                (request, _) -> objects.head(request));
        operations.route(HeadObjectRequest.class, Route.of("HEAD", OBJECT));
        operations.register(
                DeleteObjectRequest.class,
                Access.resource(request -> arn(request.bucket(), request.key())),
                (request, _) -> objects.delete(request));
        operations.route(DeleteObjectRequest.class, Route.of("DELETE", OBJECT).status(204));
    }

    private void registerManyObjects(OperationRegistry operations) {
        operations.register(DeleteObjectsRequest.class, S3::deletions, (request, _) -> objects.deleteMany(request));
        operations.route(
                DeleteObjectsRequest.class,
                Route.of("POST", BUCKET).withQuery("delete").root("DeleteResult"));
        operations.register(
                ListObjectsV2Request.class,
                Access.action("s3:ListBucket", request -> arn(request.bucket())),
                (request, _) -> {
                    storage.bucket(request.bucket());
                    return ObjectListing.of(storage.objectsOf(request.bucket()), request);
                });
        operations.route(
                ListObjectsV2Request.class,
                Route.of("GET", BUCKET).withQuery("list-type=2").root("ListBucketResult"));
    }

    private static List<Access.Question> deletions(DeleteObjectsRequest request) {
        return request.delete() == null
                ? List.of()
                : request.delete().objects().stream()
                        .map(object ->
                                new Access.Question("s3:DeleteObject", arn(request.bucket(), object.key()), Map.of()))
                        .toList();
    }

    private static String arn(String bucket) {
        return "arn:aws:s3:::" + bucket;
    }

    private static String arn(String bucket, String key) {
        return arn(bucket) + "/" + key;
    }
}
