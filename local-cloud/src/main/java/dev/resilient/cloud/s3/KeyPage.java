package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A page of things that have keys, in the order of the keys: those whose key has the delimiter behind the prefix are rolled up to
 * their common prefix.
 *
 * @param prefixes common prefixes, in order
 * @param last where the page ends: a key or a common prefix; empty if the page is
 * @param truncated whether there is more
 * @param size how many items and prefixes there could be
 */
record KeyPage<T>(List<T> items, List<String> prefixes, String last, boolean truncated, int size) {
    private static final int LARGEST = 1000;

    /**
     * What a caller wants to see.
     *
     * @param prefix that every key begins with
     * @param delimiter empty for none
     * @param after a key or a common prefix; what is up to there is left out
     * @param size how many items and prefixes at most, 0 to 1000
     */
    record Wish(String prefix, String delimiter, String after, int size) {

        /** With what S3 takes for members that are left out. */
        static Wish of(
                Optional<String> prefix, Optional<String> delimiter, Optional<String> after, Optional<Integer> size) {
            refuseIf(
                    size.filter(number -> number < 0).isPresent(),
                    () -> S3Errors.invalidArgument("Argument max-keys must be an integer between 0 and 2147483647"));
            return new Wish(
                    prefix.orElse(""), delimiter.orElse(""), after.orElse(""), Math.min(size.orElse(LARGEST), LARGEST));
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
    static <T> KeyPage<T> of(Stream<T> all, Function<T, String> keyOf, Wish wish) {
        List<T> items = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = "";
        for (Iterator<T> each = all.iterator(); wish.size() > 0 && each.hasNext(); ) {
            T item = each.next();
            String key = keyOf.apply(item);
            if (!key.startsWith(wish.prefix())) {
                break;
            }
            Optional<String> common = wish.commonPrefix(key);
            String shown = common.orElse(key);
            if (shown.equals(wish.after()) || key.equals(wish.after()) || shown.equals(last)) {
                continue;
            }
            if (items.size() + prefixes.size() == wish.size()) {
                return new KeyPage<>(items, prefixes, last, true, wish.size());
            }
            common.ifPresentOrElse(prefixes::add, () -> items.add(item));
            last = shown;
        }
        return new KeyPage<>(items, prefixes, last, false, wish.size());
    }
}
