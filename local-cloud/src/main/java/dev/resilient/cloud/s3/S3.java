package dev.resilient.cloud.s3;

import static dev.resilient.cloud.s3.Operations.asking;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.nio.file.Path;
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
    private final CloudContext cloud;
    private final ObjectFiles files;
    private final Storage storage;
    private final Objects objects;

    /**
     * The buckets that the store has; the contents of their objects must be in {@code data}, where everything else is deleted.
     *
     * @param data a folder; objects are kept in its subfolder {@code s3}, which is made if it is not there
     */
    public S3(CloudContext cloud, Path data) {
        this.cloud = cloud;
        files = new ObjectFiles(data.resolve("s3"));
        storage = new Storage(cloud.store(), files);
        objects = new Objects(storage, files, cloud.time(), cloud.ids());
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
        Operations s3 = new Operations(registry, cloud.account(), storage);
        Buckets buckets = new Buckets(cloud.account(), storage, cloud.time());
        Access<AwsRequest> everyBucket = Access.action("s3:ListAllMyBuckets", _ -> "*");
        s3.add("GET service -> ListAllMyBucketsResult", ListBucketsRequest.class, everyBucket, buckets::list);
        s3.add("PUT bucket", CreateBucketRequest.class, "CreateBucket", buckets::create);
        s3.add("HEAD bucket", HeadBucketRequest.class, "ListBucket", buckets::head);
        s3.act("DELETE bucket -> 204", DeleteBucketRequest.class, "DeleteBucket", buckets::delete);
        String location = "GET bucket?location -> LocationConstraint";
        s3.add(location, GetBucketLocationRequest.class, "GetBucketLocation", buckets::location);

        BucketSettings settings = new BucketSettings(storage);
        String tags = "PutBucketTagging";
        s3.add("GET bucket?tagging -> Tagging", GetBucketTaggingRequest.class, "GetBucketTagging", settings::tags);
        s3.act("PUT bucket?tagging -> 204", PutBucketTaggingRequest.class, tags, settings::putTags);
        s3.act("DELETE bucket?tagging -> 204", DeleteBucketTaggingRequest.class, tags, settings::deleteTags);

        String block = "bucket?publicAccessBlock";
        String blocking = "PutBucketPublicAccessBlock";
        s3.add("GET " + block, GetPublicAccessBlockRequest.class, "GetBucketPublicAccessBlock", settings::block);
        s3.act("PUT " + block, PutPublicAccessBlockRequest.class, blocking, settings::putBlock);
        s3.act("DELETE " + block + " -> 204", DeletePublicAccessBlockRequest.class, blocking, settings::deleteBlock);

        s3.stream("PUT object", PutObjectRequest.class, asking("PutObject"), objects::put);
        Access<GetObjectRequest> get = request -> s3.reading(new ObjectName(request.bucket(), request.key()));
        s3.stream("GET object", GetObjectRequest.class, get, objects::get);
        Access<HeadObjectRequest> head = request -> s3.reading(new ObjectName(request.bucket(), request.key()));
        s3.add("HEAD object", HeadObjectRequest.class, head, objects::head);
        s3.act("DELETE object -> 204", DeleteObjectRequest.class, "DeleteObject", objects::delete);
        Copies copies = new Copies(storage, files, objects);
        s3.add("PUT object + x-amz-copy-source", CopyObjectRequest.class, copying(s3), copies::copy);
        // Each key is asked about by itself, since one that must not be deleted keeps no other from it.
        s3.stream(
                "POST bucket?delete -> DeleteResult",
                DeleteObjectsRequest.class,
                Access.everyone(),
                objects::deleteMany);

        ObjectListing listing = new ObjectListing(storage, cloud.account());
        String list = "GET bucket -> ListBucketResult";
        s3.add(list, ListObjectsRequest.class, "ListBucket", listing::list);
        String newList = "GET bucket?list-type=2 -> ListBucketResult";
        s3.add(newList, ListObjectsV2Request.class, "ListBucket", listing::list);

        Uploads uploads = new Uploads(storage, files, objects);
        String begin = "POST object?uploads -> InitiateMultipartUploadResult";
        s3.add(begin, CreateMultipartUploadRequest.class, "PutObject", uploads::create);
        s3.stream("PUT object?uploadId", UploadPartRequest.class, asking("PutObject"), uploads::upload);
        String complete = "POST object?uploadId -> CompleteMultipartUploadResult";
        s3.add(complete, CompleteMultipartUploadRequest.class, "PutObject", uploads::complete);
        String abort = "DELETE object?uploadId -> 204";
        s3.act(abort, AbortMultipartUploadRequest.class, "AbortMultipartUpload", uploads::abort);
        RefusedFeatures.register(registry);
    }

    private static Access<CopyObjectRequest> copying(Operations s3) {
        return request -> Stream.concat(
                        s3.reading(Copies.source(request)).stream(), asking("PutObject").of(request).stream())
                .toList();
    }

    /** Whether there is a bucket of this name. */
    public boolean hasBucket(String name) {
        return storage.buckets().find(name).isPresent();
    }

    /**
     * Puts an object on behalf of another service.
     *
     * @throws dev.resilient.wire.ServiceError if there is no such bucket
     */
    public void put(String bucket, String key, byte[] content) {
        objects.put(PutObjectRequest.builder().bucket(bucket).key(key).build(), content);
    }
}
