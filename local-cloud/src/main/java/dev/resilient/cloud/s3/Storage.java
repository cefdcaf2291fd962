package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All buckets and all objects, and what ties them together: an object is never in a bucket that is not there, and a file that no
 * object has any more is deleted. Thread-safe; the lock is held for look-ups in memory only.
 */
final class Storage {
    private final ReentrantLock lock = new ReentrantLock();
    private final ResourceMap<StoredBucket> buckets;
    /** Objects, and the parts of uploads. */
    private final ResourceMap<StoredObject> objects;

    private final ResourceMap<Upload> uploads;
    private final ObjectFiles files;

    Storage(ResourceStore store, ObjectFiles files) {
        buckets = store.map("s3.buckets");
        objects = store.map("s3.objects");
        uploads = store.map("s3.uploads");
        this.files = files;
        files.retain(objects.list().stream().map(StoredObject::file).collect(Collectors.toSet()));
    }

    /**
     * Makes a change with nobody else, and deletes the files that are nobody's then.
     *
     * @param unlessChanged what has no file if the change fails
     * @param change gives what has no file any more
     */
    private void change(List<StoredObject> unlessChanged, Supplier<List<StoredObject>> change) {
        List<StoredObject> gone = unlessChanged;
        lock.lock();
        try {
            gone = change.get();
        } finally {
            lock.unlock();
            gone.forEach(object -> files.delete(object.file()));
        }
    }

    /** Every bucket. To be changed only here, and by what does not concern objects. */
    ResourceMap<StoredBucket> buckets() {
        return buckets;
    }

    /** @throws dev.resilient.wire.ServiceError {@code NoSuchBucket} */
    StoredBucket bucket(String name) {
        return buckets.find(name).orElseThrow(Refusal.NO_SUCH_BUCKET);
    }

    /** @throws dev.resilient.wire.ServiceError {@code NoSuchBucket} */
    void update(String name, UnaryOperator<StoredBucket> change) {
        refuseIf(buckets.update(name, change).isEmpty(), Refusal.NO_SUCH_BUCKET);
    }

    /**
     * Deletes a bucket with the uploads to it.
     *
     * @throws dev.resilient.wire.ServiceError {@code NoSuchBucket}, or {@code BucketNotEmpty}
     */
    void deleteBucket(String name) {
        change(List.of(), () -> {
            bucket(name);
            refuseIf(objectsOf(name, "").findAny().isPresent(), Refusal.BUCKET_NOT_EMPTY);
            buckets.remove(name);
            return uploads.from(new ObjectName(name, "").inIndex(), name + "/").toList().stream()
                    .flatMap(this::end)
                    .toList();
        });
    }

    /** @throws dev.resilient.wire.ServiceError {@code NoSuchBucket}, or {@code NoSuchKey} */
    StoredObject object(ObjectName name) {
        bucket(name.bucket());
        return objects.find(name.inIndex()).orElseThrow(Refusal.NO_SUCH_KEY);
    }

    /** Whether there is such an object. */
    boolean has(ObjectName name) {
        return objects.find(name.inIndex()).isPresent();
    }

    /** The objects of a bucket from this key on, in the order of their keys. */
    Stream<StoredObject> objectsOf(String bucket, String fromKey) {
        return objects.from(new ObjectName(bucket, fromKey).inIndex(), bucket + "/");
    }

    /**
     * Adds an object, or replaces the one with the same key.
     *
     * @param condition throws if the object must not be added to, or replace, what there is
     * @throws dev.resilient.wire.ServiceError {@code NoSuchBucket}, or what {@code condition} throws
     */
    void put(StoredObject object, Consumer<Optional<StoredObject>> condition) {
        change(List.of(object), () -> {
            bucket(object.name().bucket());
            return replaced(object, condition).toList();
        });
    }

    private Stream<StoredObject> replaced(StoredObject object, Consumer<Optional<StoredObject>> condition) {
        Optional<StoredObject> earlier = objects.find(object.name().inIndex());
        condition.accept(earlier);
        objects.put(object.name().inIndex(), object);
        return earlier.stream();
    }

    /**
     * Removes an object, if there is one.
     *
     * @param condition throws if what there is must not be removed
     * @throws dev.resilient.wire.ServiceError {@code NoSuchBucket}, or what {@code condition} throws
     */
    void remove(ObjectName name, Consumer<Optional<StoredObject>> condition) {
        change(List.of(), () -> {
            bucket(name.bucket());
            condition.accept(objects.find(name.inIndex()));
            return objects.remove(name.inIndex()).stream().toList();
        });
    }

    /**
     * Begins an upload.
     *
     * @throws dev.resilient.wire.ServiceError {@code NoSuchBucket}
     */
    void begin(Upload upload) {
        change(List.of(), () -> {
            bucket(upload.name().bucket());
            uploads.put(upload.inIndex(), upload);
            return List.of();
        });
    }

    /** @throws dev.resilient.wire.ServiceError {@code NoSuchBucket}, or {@code NoSuchUpload} */
    Upload upload(ObjectName name, String uploadId) {
        bucket(name.bucket());
        return uploads.find(Upload.inIndex(name, uploadId)).orElseThrow(Refusal.NO_SUCH_UPLOAD);
    }

    /** The parts of an upload, in order. */
    Stream<StoredObject> parts(Upload upload) {
        return objectsOf(upload.part(0).bucket(), "");
    }

    /**
     * Adds a part, or replaces the one with the same number.
     *
     * @throws dev.resilient.wire.ServiceError {@code NoSuchUpload}
     */
    void putPart(Upload upload, StoredObject part) {
        change(List.of(part), () -> replaced(part, _ -> upload(upload.name(), upload.id()))
                .toList());
    }

    /**
     * Ends an upload without an object.
     *
     * @throws dev.resilient.wire.ServiceError {@code NoSuchUpload}
     */
    void abort(Upload upload) {
        change(List.of(), () -> {
            upload(upload.name(), upload.id());
            return end(upload).toList();
        });
    }

    /**
     * Ends an upload with an object; if there is an error, it goes on.
     *
     * @param condition throws if the object must not be added to, or replace, what there is
     * @throws dev.resilient.wire.ServiceError {@code NoSuchUpload}, or what {@code condition} throws
     */
    void complete(Upload upload, StoredObject object, Consumer<Optional<StoredObject>> condition) {
        change(List.of(object), () -> {
            upload(upload.name(), upload.id());
            return Stream.concat(replaced(object, condition), end(upload)).toList();
        });
    }

    private Stream<StoredObject> end(Upload upload) {
        uploads.remove(upload.inIndex());
        List<StoredObject> ended = parts(upload).toList();
        ended.forEach(part -> objects.remove(part.name().inIndex()));
        return ended.stream();
    }
}
