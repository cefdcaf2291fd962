package dev.resilient.loadbalancer.http;

import java.util.Locale;
import java.util.Set;

/** What the fields after the last chunk may be: not without end, and none that says where the message ends or goes (RFC 9110 section 6.5.1). */
final class Trailers {
    private static final int MAXIMUM_SIZE = 64 * 1024;
    private static final Set<String> REFUSED = Set.of("content-length", "transfer-encoding", "host");
    private static final int LONGEST_REFUSED = 17;
    private final StringBuilder name = new StringBuilder();
    private int size;

    /** Whether another byte of any kind may come; if so, it has. */
    boolean acceptByte() {
        return ++size <= MAXIMUM_SIZE;
    }

    /** A byte of a name. */
    void nameByte(byte b) {
        if (name.length() <= LONGEST_REFUSED) {
            name.append((char) b);
        }
    }

    /** Whether the name that has ended may be that of a trailer. */
    boolean acceptName() {
        boolean refused = REFUSED.contains(name.toString().toLowerCase(Locale.ROOT));
        name.setLength(0);
        return !refused;
    }
}
