package dev.resilient.cloud.s3;

import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * All buckets and all objects, and what ties them together: an object is never in a bucket that is not there. Thread-safe; the
 * lock is held for look-ups in memory only.
 */
final class Storage {
    private final ReentrantLock lock = new ReentrantLock();
    private final ResourceMap<Bucket> buckets;
    private final ResourceMap<StoredObject> objects;

    Storage(ResourceStore store) {
        buckets = store.map("s3.buckets");
        objects = store.map("s3.objects");
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
        if (buckets.update(name, change).isEmpty()) {
            throw S3Errors.noSuchBucket();
        }
    }

    /** @throws ServiceError {@code NoSuchBucket}, or {@code BucketNotEmpty} */
    void deleteBucket(String name) {
        lock.lock();
        try {
            bucket(name);
            if (!objectsOf(name).isEmpty()) {
                throw ServiceError.conflict("BucketNotEmpty", "The bucket you tried to delete is not empty");
            }
            buckets.remove(name);
        } finally {
            lock.unlock();
        }
    }

    /** @throws ServiceError {@code NoSuchBucket}, or {@code NoSuchKey} */
    StoredObject object(ObjectName name) {
        bucket(name.bucket());
        return objects.find(name.inIndex()).orElseThrow(S3Errors::noSuchKey);
    }

    /** The objects of a bucket, in the order of their keys. */
    List<StoredObject> objectsOf(String bucket) {
        return objects.list().stream()
                .filter(object -> object.name().bucket().equals(bucket))
                .toList();
    }

    /**
     * Adds an object, or replaces the one with the same key, which is returned.
     *
     * @param onlyNew whether there must not be one
     * @throws ServiceError {@code NoSuchBucket}, or {@code PreconditionFailed} if there is one and must not be
     */
    Optional<StoredObject> put(StoredObject object, boolean onlyNew) {
        lock.lock();
        try {
            bucket(object.name().bucket());
            Optional<StoredObject> earlier = objects.find(object.name().inIndex());
            if (onlyNew && earlier.isPresent()) {
                throw S3Errors.preconditionFailed();
            }
            objects.put(object.name().inIndex(), object);
            return earlier;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes and returns an object, if there is one.
     *
     * @throws ServiceError {@code NoSuchBucket}
     */
    Optional<StoredObject> remove(ObjectName name) {
        bucket(name.bucket());
        lock.lock();
        try {
            return objects.remove(name.inIndex());
        } finally {
            lock.unlock();
        }
    }
}
