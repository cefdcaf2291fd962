package dev.resilient.loadbalancer.http;

import org.jspecify.annotations.Nullable;

/**
 * The extensions of a chunk (RFC 9112 section 7.1.1), byte by byte: names with or without a value, which is a token or quoted. Blanks
 * between them are refused, since readers differ on them.
 */
final class ChunkExtensions {
    private State state = State.NAME_START;

    /** A first extension begins: its semicolon has been read. */
    void begin() {
        state = State.NAME_START;
    }

    /** Whether the byte may come next; if so, it has. */
    boolean accept(byte b) {
        State next =
                switch (state) {
                    case NAME_START -> Bytes.isToken(b) ? State.NAME : null;
                    case NAME -> b == '=' ? State.VALUE_START : after(b, State.NAME);
                    case VALUE_START -> b == '"' ? State.QUOTED : Bytes.isToken(b) ? State.VALUE : null;
                    case VALUE -> after(b, State.VALUE);
                    case QUOTED -> b == '"' ? State.QUOTED_END : b == '\\' ? State.ESCAPED : text(b);
                    case ESCAPED -> text(b);
                    case QUOTED_END -> b == ';' ? State.NAME_START : null;
                };
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    /** Whether the line may end here. */
    boolean mayEnd() {
        return state == State.NAME || state == State.VALUE || state == State.QUOTED_END;
    }

    private static @Nullable State after(byte b, State same) {
        return b == ';' ? State.NAME_START : Bytes.isToken(b) ? same : null;
    }

    private static @Nullable State text(byte b) {
        // Beyond ASCII, readers differ.
        return Bytes.isFieldText(b) && b > 0 ? State.QUOTED : null;
    }

    private enum State {
        NAME_START,
        NAME,
        VALUE_START,
        VALUE,
        QUOTED,
        ESCAPED,
        QUOTED_END
    }
}
