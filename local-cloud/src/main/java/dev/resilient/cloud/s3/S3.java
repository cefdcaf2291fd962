package dev.resilient.cloud.s3;

import static dev.resilient.wire.Route.Level.BUCKET;
import static dev.resilient.wire.Route.Level.OBJECT;
import static dev.resilient.wire.Route.Level.SERVICE;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Reply;
import dev.resilient.wire.Route;
import dev.resilient.wire.ServiceModel;
import java.nio.file.Path;
import java.util.List;
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
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** S3: the index in the store, the contents of objects as files. Thread-safe, and owns no thread. */
public final class S3 implements AwsService {
    private static final Route GET_BUCKET = Route.of("GET", BUCKET);
    private static final Route PUT_BUCKET = Route.of("PUT", BUCKET);
    private static final Route DELETE_BUCKET = Route.of("DELETE", BUCKET).status(204);
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
        addObjects(operations);
        addUploads(operations);
        RefusedFeatures.register(registry);
    }

    private void addBuckets(Operations operations) {
        Route service = Route.of("GET", SERVICE).root("ListAllMyBucketsResult");
        Route location = GET_BUCKET.withQuery("location").root("LocationConstraint");
        operations.add(
                service, ListBucketsRequest.class, Access.action("s3:ListAllMyBuckets", _ -> "*"), buckets::list);
        operations.add(PUT_BUCKET, CreateBucketRequest.class, "CreateBucket", buckets::create);
        operations.add(Route.of("HEAD", BUCKET), HeadBucketRequest.class, "ListBucket", buckets::head);
        operations.act(DELETE_BUCKET, DeleteBucketRequest.class, "DeleteBucket", buckets::delete);
        operations.add(location, GetBucketLocationRequest.class, "GetBucketLocation", buckets::location);

        String tagging = "tagging";
        Route tags = GET_BUCKET.withQuery(tagging).root("Tagging");
        Route put = PUT_BUCKET.withQuery(tagging).status(204);
        operations.add(tags, GetBucketTaggingRequest.class, "GetBucketTagging", settings::tags);
        operations.act(put, PutBucketTaggingRequest.class, "PutBucketTagging", settings::putTags);
        Route delete = DELETE_BUCKET.withQuery(tagging);
        operations.act(delete, DeleteBucketTaggingRequest.class, "PutBucketTagging", settings::deleteTags);

        String access = "GetBucketPublicAccessBlock";
        String change = "PutBucketPublicAccessBlock";
        String query = "publicAccessBlock";
        operations.add(
                GET_BUCKET.withQuery(query), GetPublicAccessBlockRequest.class, access, settings::publicAccessBlock);
        operations.act(
                PUT_BUCKET.withQuery(query), PutPublicAccessBlockRequest.class, change, settings::putPublicAccessBlock);
        operations.act(
                DELETE_BUCKET.withQuery(query),
                DeletePublicAccessBlockRequest.class,
                change,
                settings::deletePublicAccessBlock);
    }

    private void addObjects(Operations operations) {
        operations.add(
                PUT_OBJECT,
                PutObjectRequest.class,
                "PutObject",
                (request, call) -> new Reply<>(objects.put(request, call.payload())));
        operations.add(
                Route.of("GET", OBJECT), GetObjectRequest.class, "GetObject", (request, _) -> objects.get(request));
        operations.add(Route.of("HEAD", OBJECT), HeadObjectRequest.class, "GetObject", objects::head);
        operations.act(DELETE_OBJECT, DeleteObjectRequest.class, "DeleteObject", objects::delete);
        operations.add(PUT_OBJECT.withHeader(COPY_SOURCE), CopyObjectRequest.class, S3::copying, copies::copy);
        Route delete = Route.of("POST", BUCKET).withQuery("delete").root("DeleteResult");
        operations.add(delete, DeleteObjectsRequest.class, S3::deletions, objects::deleteMany);
        ObjectListing listing = new ObjectListing(storage, account);
        Route list = GET_BUCKET.root("ListBucketResult");
        operations.add(list, ListObjectsRequest.class, "ListBucket", listing::list);
        operations.add(list.withQuery("list-type=2"), ListObjectsV2Request.class, "ListBucket", listing::list);
    }

    private static List<Access.Question> copying(AwsRequest request) {
        ObjectName source = Copies.source(request);
        return Stream.concat(
                        Stream.of(Operations.question("GetObject", source.bucket(), source.key())),
                        Operations.asking("PutObject").of(request).stream())
                .toList();
    }

    private static List<Access.Question> deletions(DeleteObjectsRequest request) {
        return request.delete() == null
                ? List.of()
                : request.delete().objects().stream()
                        .map(object -> Operations.question("DeleteObject", request.bucket(), object.key()))
                        .toList();
    }

    /** Whether there is a bucket of this name. */
    public boolean hasBucket(String name) {
        return storage.buckets().stream().anyMatch(bucket -> bucket.name().equals(name));
    }

    /**
     * Puts an object on behalf of another service.
     *
     * @throws dev.resilient.wire.ServiceError if there is no such bucket
     */
    public void put(String bucket, String key, byte[] content) {
        objects.put(PutObjectRequest.builder().bucket(bucket).key(key).build(), content);
    }

    private void addUploads(Operations operations) {
        Route begin = POST_OBJECT.withQuery("uploads").root("InitiateMultipartUploadResult");
        Route part = PUT_OBJECT.withQuery("uploadId");
        Route end = POST_OBJECT.withQuery("uploadId").root("CompleteMultipartUploadResult");
        Route abort = DELETE_OBJECT.withQuery("uploadId");
        operations.add(begin, CreateMultipartUploadRequest.class, "PutObject", uploads::create);
        operations.add(
                part,
                UploadPartRequest.class,
                "PutObject",
                (request, call) -> new Reply<>(uploads.upload(request, call)));
        operations.add(end, CompleteMultipartUploadRequest.class, "PutObject", uploads::complete);
        operations.act(abort, AbortMultipartUploadRequest.class, "AbortMultipartUpload", uploads::abort);
    }
}
