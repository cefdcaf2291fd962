package dev.resilient.cloud.s3;

import static dev.resilient.wire.Route.Level.BUCKET;
import static dev.resilient.wire.Route.Level.OBJECT;
import static dev.resilient.wire.Route.Level.SERVICE;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Route;
import dev.resilient.wire.ServiceModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** S3: the index in the store, the contents of objects as files. Thread-safe, and owns no thread. */
public final class S3 implements AwsService {
    private static final Route GET_BUCKET = Route.of("GET", BUCKET);
    private static final Route PUT_BUCKET = Route.of("PUT", BUCKET);
    private static final Route DELETE_BUCKET = Route.of("DELETE", BUCKET).status(204);
    private static final Route GET_OBJECT = Route.of("GET", OBJECT);
    private static final Route PUT_OBJECT = Route.of("PUT", OBJECT);
    private static final Route POST_OBJECT = Route.of("POST", OBJECT);
    private static final Route DELETE_OBJECT = Route.of("DELETE", OBJECT).status(204);
    private static final String COPY_SOURCE = "x-amz-copy-source";

    private final Account account;
    private final Storage storage;
    private final Buckets buckets;
    private final BucketSettings settings;
    private final Objects objects;
    private final Copies copies;
    private final Uploads uploads;

    /**
     * The buckets that the store has; the contents of their objects must be in {@code data}, where everything else is deleted.
     *
     * @param data a folder; objects are kept in its subfolder {@code s3}, which is made when it is needed
     */
    public S3(CloudContext cloud, Path data) {
        account = cloud.account();
        storage = new Storage(cloud.store());
        ObjectFiles files = new ObjectFiles(data.resolve("s3"));
        files.retain(storage.files());
        buckets = new Buckets(account, storage, files, cloud.time());
        settings = new BucketSettings(storage);
        objects = new Objects(storage, files, cloud.time(), cloud.ids());
        copies = new Copies(storage, files, objects);
        uploads = new Uploads(storage, files, objects);
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
    public void register(OperationRegistry registry) {
        Operations operations = new Operations(registry, account);
        addBuckets(operations);
        addBucketSettings(operations);
        new BucketFeatures(storage, account).addTo(operations);
        addObjects(operations);
        addManyObjects(operations);
        addUploads(operations);
        refuseLookAlikes(registry);
    }

    /** What would pass for an operation on a whole object of one version, and destroy or return something else. */
    private static void refuseLookAlikes(OperationRegistry registry) {
        registry.refuse("RenameObject", PUT_OBJECT.withQuery("renameObject"));
        registry.refuse("PutObject with x-amz-write-offset-bytes", PUT_OBJECT.withHeader("x-amz-write-offset-bytes"));
        registry.refuse("GetObject with partNumber", GET_OBJECT.withQuery("partNumber"));
        registry.refuse("HeadObject with partNumber", Route.of("HEAD", OBJECT).withQuery("partNumber"));
        for (String method : List.of("Get", "Head", "Delete")) {
            registry.refuse(
                    method + "Object with versionId",
                    Route.of(method.toUpperCase(Locale.ROOT), OBJECT).withQuery("versionId"));
        }
    }

    private void addBuckets(Operations operations) {
        Access<ListBucketsRequest> anywhere = Access.action("s3:ListAllMyBuckets", request -> "*");
        Route service = Route.of("GET", SERVICE).root("ListAllMyBucketsResult");
        operations.add(service, ListBucketsRequest.class, anywhere, buckets::list);
        operations.add(PUT_BUCKET, CreateBucketRequest.class, "CreateBucket", buckets::create);
        operations.add(Route.of("HEAD", BUCKET), HeadBucketRequest.class, "ListBucket", buckets::head);
        operations.add(DELETE_BUCKET, DeleteBucketRequest.class, "DeleteBucket", buckets::delete);
        operations.add(
                GET_BUCKET.withQuery("location").root("LocationConstraint"),
                GetBucketLocationRequest.class,
                "GetBucketLocation",
                buckets::location);
    }

    private void addBucketSettings(Operations operations) {
        Route tags = GET_BUCKET.withQuery("tagging").root("Tagging");
        Route putTags = PUT_BUCKET.withQuery("tagging").status(204);
        Route deleteTags = DELETE_BUCKET.withQuery("tagging");
        operations.add(tags, GetBucketTaggingRequest.class, "GetBucketTagging", settings::tags);
        operations.add(putTags, PutBucketTaggingRequest.class, "PutBucketTagging", settings::putTags);
        operations.add(deleteTags, DeleteBucketTaggingRequest.class, "PutBucketTagging", settings::deleteTags);
        operations.add(
                GET_BUCKET.withQuery("publicAccessBlock"),
                GetPublicAccessBlockRequest.class,
                "GetBucketPublicAccessBlock",
                settings::publicAccessBlock);
        operations.add(
                PUT_BUCKET.withQuery("publicAccessBlock"),
                PutPublicAccessBlockRequest.class,
                "PutBucketPublicAccessBlock",
                settings::putPublicAccessBlock);
        operations.add(
                DELETE_BUCKET.withQuery("publicAccessBlock"),
                DeletePublicAccessBlockRequest.class,
                "PutBucketPublicAccessBlock",
                settings::deletePublicAccessBlock);
    }

    private void addObjects(Operations operations) {
        operations.registry().register(PutObjectRequest.class, Operations.asking("PutObject"), (request, call) -> {
            operations.checkOwner(request);
            return objects.put(request, call);
        });
        operations.registry().route(PutObjectRequest.class, PUT_OBJECT);
        operations
                .registry()
                .registerStreaming(GetObjectRequest.class, Operations.asking("GetObject"), (request, _) -> {
                    operations.checkOwner(request);
                    return objects.get(request);
                });
        operations.registry().route(GetObjectRequest.class, GET_OBJECT);
        operations.add(Route.of("HEAD", OBJECT), HeadObjectRequest.class, "GetObject", objects::head);
        operations.add(DELETE_OBJECT, DeleteObjectRequest.class, "DeleteObject", objects::delete);
        operations.add(
                GET_OBJECT.withQuery("attributes").root("GetObjectAttributesResponse"),
                GetObjectAttributesRequest.class,
                "GetObjectAttributes",
                objects::attributes);
        operations.add(PUT_OBJECT.withHeader(COPY_SOURCE), CopyObjectRequest.class, S3::copying, copies::copy);
        ObjectTags tags = new ObjectTags(storage);
        Route getTags = GET_OBJECT.withQuery("tagging").root("Tagging");
        operations.add(getTags, GetObjectTaggingRequest.class, "GetObjectTagging", tags::get);
        operations.add(PUT_OBJECT.withQuery("tagging"), PutObjectTaggingRequest.class, "PutObjectTagging", tags::put);
        operations.add(
                DELETE_OBJECT.withQuery("tagging"),
                DeleteObjectTaggingRequest.class,
                "DeleteObjectTagging",
                tags::delete);
    }

    private static List<Access.Question> copying(AwsRequest request) {
        ObjectName source = Copies.source(request);
        return Stream.concat(
                        Stream.of(Operations.question("GetObject", source.bucket(), source.key())),
                        Operations.asking("PutObject").of(request).stream())
                .toList();
    }

    private void addManyObjects(Operations operations) {
        operations.add(
                Route.of("POST", BUCKET).withQuery("delete").root("DeleteResult"),
                DeleteObjectsRequest.class,
                S3::deletions,
                objects::deleteMany);
        ObjectListing listing = new ObjectListing(storage, account);
        Route list = GET_BUCKET.root("ListBucketResult");
        operations.add(list, ListObjectsRequest.class, "ListBucket", listing::list);
        operations.add(list.withQuery("list-type=2"), ListObjectsV2Request.class, "ListBucket", listing::list);
    }

    private static List<Access.Question> deletions(DeleteObjectsRequest request) {
        return request.delete() == null
                ? List.of()
                : request.delete().objects().stream()
                        .map(object -> Operations.question("DeleteObject", request.bucket(), object.key()))
                        .toList();
    }

    private void addUploads(Operations operations) {
        operations.add(
                POST_OBJECT.withQuery("uploads").root("InitiateMultipartUploadResult"),
                CreateMultipartUploadRequest.class,
                "PutObject",
                uploads::create);
        Route part = PUT_OBJECT.withQuery("uploadId");
        operations.registry().register(UploadPartRequest.class, Operations.asking("PutObject"), (request, call) -> {
            operations.checkOwner(request);
            return uploads.upload(request, call);
        });
        operations.registry().route(UploadPartRequest.class, part);
        operations.add(part.withHeader(COPY_SOURCE), UploadPartCopyRequest.class, S3::copying, uploads::copy);
        operations.add(
                POST_OBJECT.withQuery("uploadId").root("CompleteMultipartUploadResult"),
                CompleteMultipartUploadRequest.class,
                "PutObject",
                uploads::complete);
        operations.add(
                DELETE_OBJECT.withQuery("uploadId"),
                AbortMultipartUploadRequest.class,
                "AbortMultipartUpload",
                uploads::abort);
        UploadListing listing = new UploadListing(storage, account);
        operations.add(
                GET_OBJECT.withQuery("uploadId").root("ListPartsResult"),
                ListPartsRequest.class,
                "ListMultipartUploadParts",
                listing::list);
        operations.add(
                GET_BUCKET.withQuery("uploads").root("ListMultipartUploadsResult"),
                ListMultipartUploadsRequest.class,
                "ListBucketMultipartUploads",
                listing::list);
    }
}
