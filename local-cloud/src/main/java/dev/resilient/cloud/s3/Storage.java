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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All buckets and all objects, and what ties them together: an object is never in a bucket that is not there. Thread-safe; the
 * lock is held for look-ups in memory only.
 */
final class Storage {
    private final ReentrantLock lock = new ReentrantLock();
    private final ResourceMap<Bucket> buckets;
    private final ResourceMap<StoredObject> objects;
    private final ResourceMap<Upload> uploads;
    private final ResourceMap<Part> parts;

    Storage(ResourceStore store) {
        buckets = store.map("s3.buckets");
        objects = store.map("s3.objects");
        uploads = store.map("s3.uploads");
        parts = store.map("s3.parts");
    }

    /** Adds a bucket; false if there is one of this name. */
    boolean create(Bucket bucket) {
        return buckets.create(bucket.name(), bucket);
    }

    /** @throws ServiceError {@code NoSuchBucket} */
    Bucket bucket(String name) {
        return buckets.find(name).orElseThrow(S3Errors::noSuchBucket);
    }

    List<Bucket> buckets() {
        return buckets.list();
    }

    /** @throws ServiceError {@code NoSuchBucket} */
    void update(String name, UnaryOperator<Bucket> change) {
        refuseIf(buckets.update(name, change).isEmpty(), S3Errors::noSuchBucket);
    }

    /**
     * Deletes a bucket with the uploads to it, whose parts are returned.
     *
     * @throws ServiceError {@code NoSuchBucket}, or {@code BucketNotEmpty}
     */
    List<Part> deleteBucket(String name) {
        lock.lock();
        try {
            bucket(name);
            refuseIf(
                    objectsOf(name, "").findAny().isPresent(),
                    () -> ServiceError.conflict("BucketNotEmpty", "The bucket you tried to delete is not empty"));
            buckets.remove(name);
            return uploadsTo(name, "").toList().stream()
                    .flatMap(upload -> forget(upload).stream())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** @throws ServiceError {@code NoSuchBucket}, or {@code NoSuchKey} */
    StoredObject object(ObjectName name) {
        bucket(name.bucket());
        return objects.find(name.inIndex()).orElseThrow(S3Errors::noSuchKey);
    }

    /** @throws ServiceError {@code NoSuchBucket}, or {@code NoSuchKey} */
    void update(ObjectName name, UnaryOperator<StoredObject> change) {
        bucket(name.bucket());
        refuseIf(objects.update(name.inIndex(), change).isEmpty(), S3Errors::noSuchKey);
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
        lock.lock();
        try {
            bucket(object.name().bucket());
            Optional<StoredObject> earlier = objects.find(object.name().inIndex());
            condition.accept(earlier);
            objects.put(object.name().inIndex(), object);
            return earlier;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins an upload.
     *
     * @throws ServiceError {@code NoSuchBucket}
     */
    void begin(Upload upload) {
        lock.lock();
        try {
            bucket(upload.name().bucket());
            uploads.put(upload.inIndex(), upload);
        } finally {
            lock.unlock();
        }
    }

    /** @throws ServiceError {@code NoSuchBucket}, or {@code NoSuchUpload} */
    Upload upload(ObjectName name, String uploadId) {
        bucket(name.bucket());
        return uploads.find(Upload.inIndex(name, uploadId)).orElseThrow(S3Errors::noSuchUpload);
    }

    /** The uploads to a bucket from this key on, in the order of their keys. */
    Stream<Upload> uploadsTo(String bucket, String fromKey) {
        return uploads.from(new ObjectName(bucket, fromKey).inIndex(), bucket + "/");
    }

    /** The parts of an upload that have a greater number, in order. */
    Stream<Part> parts(Upload upload, int afterNumber) {
        return parts.from(Part.inIndex(upload.id(), afterNumber + 1), upload.id());
    }

    /**
     * Adds a part, or replaces the one with the same number, which is returned.
     *
     * @throws ServiceError {@code NoSuchUpload}
     */
    Optional<Part> put(Upload upload, Part part) {
        lock.lock();
        try {
            upload(upload.name(), upload.id());
            Optional<Part> earlier = parts.find(part.inIndex());
            parts.put(part.inIndex(), part);
            return earlier;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends an upload, and returns its parts.
     *
     * @param change what happens with it
     * @throws ServiceError {@code NoSuchUpload}, or what {@code change} throws: the upload goes on then
     */
    List<Part> end(Upload upload, Runnable change) {
        lock.lock();
        try {
            upload(upload.name(), upload.id());
            change.run();
            return forget(upload);
        } finally {
            lock.unlock();
        }
    }

    private List<Part> forget(Upload upload) {
        uploads.remove(upload.inIndex());
        List<Part> ended = parts(upload, 0).toList();
        ended.forEach(part -> parts.remove(part.inIndex()));
        return ended;
    }

    /** The files that hold objects or parts. */
    Set<String> files() {
        return Stream.concat(
                        objects.list().stream().map(StoredObject::file),
                        parts.list().stream().map(Part::file))
                .collect(Collectors.toSet());
    }

    /**
     * Removes and returns an object, if there is one.
     *
     * @param condition throws if what there is must not be removed
     * @throws ServiceError {@code NoSuchBucket}, or what {@code condition} throws
     */
    Optional<StoredObject> remove(ObjectName name, Consumer<Optional<StoredObject>> condition) {
        bucket(name.bucket());
        lock.lock();
        try {
            condition.accept(objects.find(name.inIndex()));
            return objects.remove(name.inIndex());
        } finally {
            lock.unlock();
        }
    }
}
