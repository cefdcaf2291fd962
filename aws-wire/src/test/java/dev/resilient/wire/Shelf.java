package dev.resilient.wire;

import dev.resilient.wire.Route.Level;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** As much of an object store as the tests of its protocol need: one name space of objects, and the last request of any kind. */
@SuppressWarnings("unchecked") // the SDK takes arrays of lambdas of its generic builders
public final class Shelf implements AwsService {
    public static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");
    public final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    public final AtomicReference<AwsRequest> last = new AtomicReference<>();

    @Override
    public ServiceModel model() {
        return Models.S3;
    }

    @Override
    public void register(OperationRegistry operations) {
        objects(operations);
        buckets(operations);
    }

    private void objects(OperationRegistry operations) {
        operations.registerStreaming(PutObjectRequest.class, Access.anyResource(), this::put);
        operations.route(PutObjectRequest.class, Route.of("PUT", Level.OBJECT));
        operations.registerStreaming(GetObjectRequest.class, Access.anyResource(), this::get);
        operations.route(GetObjectRequest.class, Route.of("GET", Level.OBJECT));
        operations.register(
                HeadObjectRequest.class,
                Access.action("s3:GetObject", request -> "arn:aws:s3:::" + request.bucket() + "/" + request.key()),
                (request, call) -> HeadObjectResponse.builder()
                        .contentLength((long) object(request.bucket(), request.key()).length)
                        .lastModified(MODIFIED)
                        .metadata(Map.of("colour", "red"))
                        .build());
        operations.route(HeadObjectRequest.class, Route.of("HEAD", Level.OBJECT));
        operations.register(DeleteObjectsRequest.class, Access.anyResource(), (request, call) -> {
            last.set(request);
            return DeleteObjectsResponse.builder()
                    .deleted(request.delete().objects().stream()
                            .map(each -> DeletedObject.builder().key(each.key()).build())
                            .toList())
                    .errors(error -> error.code("AccessDenied").key("<&>"))
                    .build();
        });
        operations.route(
                DeleteObjectsRequest.class,
                Route.of("POST", Level.BUCKET).withQuery("delete").root("DeleteResult"));
    }

    private void buckets(OperationRegistry operations) {
        operations.register(CreateBucketRequest.class, Access.anyResource(), (request, call) -> {
            last.set(request);
            return CreateBucketResponse.builder()
                    .location("/" + request.bucket())
                    .build();
        });
        operations.route(CreateBucketRequest.class, Route.of("PUT", Level.BUCKET));
        operations.register(
                DeleteBucketRequest.class, Access.anyResource(), (request, call) -> DeleteBucketResponse.builder()
                        .build());
        operations.route(
                DeleteBucketRequest.class, Route.of("DELETE", Level.BUCKET).status(204));
        operations.register(ListObjectsV2Request.class, Access.anyResource(), (request, call) -> list(request));
        operations.route(
                ListObjectsV2Request.class,
                Route.of("GET", Level.BUCKET).withQuery("list-type=2").root("ListBucketResult"));
        operations.register(
                GetBucketLocationRequest.class,
                Access.anyResource(),
                (request, call) -> GetBucketLocationResponse.builder()
                        .locationConstraint("us-west-2")
                        .build());
        operations.route(
                GetBucketLocationRequest.class,
                Route.of("GET", Level.BUCKET).withQuery("location").root("LocationConstraint"));
        operations.register(
                GetPublicAccessBlockRequest.class,
                Access.anyResource(),
                (request, call) -> GetPublicAccessBlockResponse.builder()
                        .publicAccessBlockConfiguration(block -> block.blockPublicAcls(true))
                        .build());
        operations.route(
                GetPublicAccessBlockRequest.class, Route.of("GET", Level.BUCKET).withQuery("publicAccessBlock"));
    }

    private Reply<PutObjectResponse> put(PutObjectRequest request, Call call) {
        last.set(request);
        objects.put(request.bucket() + "/" + request.key(), call.payload());
        return new Reply<>(PutObjectResponse.builder().eTag("\"tag\"").build());
    }

    private Reply<GetObjectResponse> get(GetObjectRequest request, Call call) {
        last.set(request);
        byte[] bytes = object(request.bucket(), request.key());
        GetObjectResponse.Builder response =
                GetObjectResponse.builder().lastModified(MODIFIED).contentLength((long) bytes.length);
        if (request.range() == null) {
            return new Reply<>(response.build(), bytes);
        }
        byte[] first = {bytes[0]};
        response.contentLength(1L).contentRange("bytes 0-0/" + bytes.length);
        return new Reply<>(response.build(), first);
    }

    private ListObjectsV2Response list(ListObjectsV2Request request) {
        last.set(request);
        return ListObjectsV2Response.builder()
                .name(request.bucket())
                .prefix(request.prefix())
                .isTruncated(false)
                .contents(objects.entrySet().stream()
                        .map(entry -> S3Object.builder()
                                .key(entry.getKey())
                                .size((long) entry.getValue().length)
                                .lastModified(MODIFIED)
                                .build())
                        .toList())
                .build();
    }

    private byte[] object(String bucket, String key) {
        byte[] bytes = objects.get(bucket + "/" + key);
        if (bytes == null) {
            throw ServiceError.notFound("NoSuchKey", "The specified key does not exist.");
        }
        return bytes;
    }
}
