package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All buckets and all objects, and what ties them together: an object is never in a bucket that is not there. Thread-safe; the
 * lock is held for look-ups in memory only.
 */
final class Storage {
    private final ReentrantLock lock = new ReentrantLock();
    private final ResourceMap<StoredBucket> buckets;
    /** Objects, and the parts of uploads. */
    private final ResourceMap<StoredObject> objects;

    private final ResourceMap<Upload> uploads;

    Storage(ResourceStore store) {
        buckets = store.map("s3.buckets");
        objects = store.map("s3.objects");
        uploads = store.map("s3.uploads");
    }

    private <T> T alone(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a bucket; false if there is one of this name. */
    boolean create(StoredBucket bucket) {
        return buckets.create(bucket.name(), bucket);
    }

    /** @throws ServiceError {@code NoSuchBucket} */
    StoredBucket bucket(String name) {
        return buckets.find(name).orElseThrow(S3Errors::noSuchBucket);
    }

    List<StoredBucket> buckets() {
        return buckets.list();
    }

    /** @throws ServiceError {@code NoSuchBucket} */
    void update(String name, UnaryOperator<StoredBucket> change) {
        refuseIf(buckets.update(name, change).isEmpty(), S3Errors::noSuchBucket);
    }

    /**
     * Deletes a bucket with the uploads to it, whose parts are returned.
     *
     * @throws ServiceError {@code NoSuchBucket}, or {@code BucketNotEmpty}
     */
    List<StoredObject> deleteBucket(String name) {
        return alone(() -> {
            bucket(name);
            refuseIf(
                    objectsOf(name, "").findAny().isPresent(),
                    () -> ServiceError.conflict("BucketNotEmpty", "The bucket you tried to delete is not empty"));
            buckets.remove(name);
            return uploads.from(new ObjectName(name, "").inIndex(), name + "/").toList().stream()
                    .flatMap(upload -> forget(upload).stream())
                    .toList();
        });
    }

    /** @throws ServiceError {@code NoSuchBucket}, or {@code NoSuchKey} */
    StoredObject object(ObjectName name) {
        bucket(name.bucket());
        return objects.find(name.inIndex()).orElseThrow(S3Errors::noSuchKey);
    }

    /** The objects of a bucket from this key on, in the order of their keys. */
    Stream<StoredObject> objectsOf(String bucket, String fromKey) {
        return objects.from(new ObjectName(bucket, fromKey).inIndex(), bucket + "/");
    }

    /**
     * Adds an object, or replaces the one with the same key, which is returned.
     *
     * @param condition throws if the object must not be added to, or replace, what there is
     * @throws ServiceError {@code NoSuchBucket}, or what {@code condition} throws
     */
    Optional<StoredObject> put(StoredObject object, Consumer<Optional<StoredObject>> condition) {
        return alone(() -> {
            bucket(object.name().bucket());
            Optional<StoredObject> earlier = objects.find(object.name().inIndex());
            condition.accept(earlier);
            objects.put(object.name().inIndex(), object);
            return earlier;
        });
    }

    /**
     * Removes and returns an object, if there is one.
     *
     * @param condition throws if what there is must not be removed
     * @throws ServiceError {@code NoSuchBucket}, or what {@code condition} throws
     */
    Optional<StoredObject> remove(ObjectName name, Consumer<Optional<StoredObject>> condition) {
        bucket(name.bucket());
        return alone(() -> {
            condition.accept(objects.find(name.inIndex()));
            return objects.remove(name.inIndex());
        });
    }

    /**
     * Begins an upload.
     *
     * @throws ServiceError {@code NoSuchBucket}
     */
    void begin(Upload upload) {
        alone(() -> {
            bucket(upload.name().bucket());
            uploads.put(upload.inIndex(), upload);
            return upload;
        });
    }

    /** @throws ServiceError {@code NoSuchBucket}, or {@code NoSuchUpload} */
    Upload upload(ObjectName name, String uploadId) {
        bucket(name.bucket());
        return uploads.find(Upload.inIndex(name, uploadId)).orElseThrow(S3Errors::noSuchUpload);
    }

    /** The parts of an upload, in order. */
    Stream<StoredObject> parts(Upload upload) {
        return objectsOf(upload.part(0).bucket(), "");
    }

    /**
     * Adds a part, or replaces the one with the same number, which is returned.
     *
     * @throws ServiceError {@code NoSuchUpload}
     */
    Optional<StoredObject> putPart(Upload upload, StoredObject part) {
        return alone(() -> {
            upload(upload.name(), upload.id());
            Optional<StoredObject> earlier = objects.find(part.name().inIndex());
            objects.put(part.name().inIndex(), part);
            return earlier;
        });
    }

    /**
     * Ends an upload, and returns its parts.
     *
     * @param change what happens with it
     * @throws ServiceError {@code NoSuchUpload}, or what {@code change} throws: the upload goes on then
     */
    List<StoredObject> end(Upload upload, Runnable change) {
        return alone(() -> {
            upload(upload.name(), upload.id());
            change.run();
            return forget(upload);
        });
    }

    private List<StoredObject> forget(Upload upload) {
        uploads.remove(upload.inIndex());
        List<StoredObject> ended = parts(upload).toList();
        ended.forEach(part -> objects.remove(part.name().inIndex()));
        return ended;
    }

    /** The files that hold objects or parts. */
    Set<String> files() {
        return objects.list().stream().map(StoredObject::file).collect(Collectors.toSet());
    }
}
