package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * A page of objects, in the order of their keys: those whose key has the delimiter behind the prefix are rolled up to
 * their common prefix.
 *
 * @param prefixes common prefixes, in order
 * @param last where the page ends: a key or a common prefix; empty if the page is
 * @param truncated whether there is more
 * @param size how many objects and prefixes there could be
 */
record KeyPage(List<StoredObject> objects, List<String> prefixes, String last, boolean truncated, int size) {
    private static final int LARGEST = 1000;

    /**
     * What a caller wants to see.
     *
     * @param prefix that every key begins with
     * @param delimiter empty for none
     * @param after a key or a common prefix; what is up to there is left out
     * @param size how many objects and prefixes at most, 0 to 1000
     */
    record Wish(String prefix, String delimiter, String after, int size) {

        /** With what S3 takes for members that are left out. */
        static Wish of(ListObjectsV2Request request, @Nullable String after) {
            int size = Optional.ofNullable(request.maxKeys()).orElse(LARGEST);
            refuseIf(size < 0, Refusal.MAX_KEYS);
            return new Wish(given(request.prefix()), given(request.delimiter()), given(after), Math.min(size, LARGEST));
        }

        private static String given(@Nullable String text) {
            return text == null ? "" : text;
        }

        /** The first key that can be on the page. */
        String start() {
            return ObjectName.order(prefix).compareTo(ObjectName.order(after)) > 0 ? prefix : after;
        }

        private Optional<String> commonPrefix(String key) {
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return end < 0 ? Optional.empty() : Optional.of(key.substring(0, end + delimiter.length()));
        }
    }

    /**
     * Collects a page.
     *
     * @param all in the order of the keys, from {@link Wish#start} on
     */
    static KeyPage of(Stream<StoredObject> all, Wish wish) {
        List<StoredObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = "";
        for (Iterator<StoredObject> each = all.iterator(); wish.size() > 0 && each.hasNext(); ) {
            StoredObject object = each.next();
            String key = object.name().key();
            if (!key.startsWith(wish.prefix())) {
                break;
            }
            Optional<String> common = wish.commonPrefix(key);
            String shown = common.orElse(key);
            if (shown.equals(wish.after()) || key.equals(wish.after()) || shown.equals(last)) {
                continue;
            }
            if (objects.size() + prefixes.size() == wish.size()) {
                return new KeyPage(objects, prefixes, last, true, wish.size());
            }
            common.ifPresentOrElse(prefixes::add, () -> objects.add(object));
            last = shown;
        }
        return new KeyPage(objects, prefixes, last, false, wish.size());
    }
}
