package dev.resilient.loadbalancer.rule;

/** A pattern in which {@code *} stands for any characters, also none, and {@code ?} for exactly one. */
public final class Wildcard {
    private static final int NONE = -1;
    /** No character of a message: those are of ISO 8859-1. */
    private static final char ANY = '\uFFFF';

    private static final char ONE = '\uFFFE';
    private final String pattern;
    private final boolean anyCase;

    /** @param pattern with {@link #ANY} and {@link #ONE} for its wildcards */
    private Wildcard(String pattern, boolean anyCase) {
        this.pattern = pattern;
        this.anyCase = anyCase;
    }

    /** Matches text as it is. */
    public static Wildcard exactly(String pattern) {
        return new Wildcard(pattern.replace('*', ANY).replace('?', ONE), false);
    }

    /** Matches ASCII text without regard to case. */
    public static Wildcard inAnyCase(String pattern) {
        return new Wildcard(pattern.replace('*', ANY).replace('?', ONE), true);
    }

    /** Matches ASCII text without regard to case; what is behind a backslash stands for itself. */
    public static Wildcard escaped(String pattern) {
        StringBuilder compiled = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> compiled.append(ANY);
                case '?' -> compiled.append(ONE);
                case '\\' -> compiled.append(i + 1 < pattern.length() ? pattern.charAt(++i) : c);
                default -> compiled.append(c);
            }
        }
        return new Wildcard(compiled.toString(), true);
    }

    /** How many wildcards it has. */
    public int count() {
        return (int) pattern.chars().filter(c -> c == ANY || c == ONE).count();
    }

    /**
     * Whether the first {@code end} characters of {@code text} match as a whole. Takes the shortest way for each star and, where
     * that turns out to be wrong, lengthens only the last one: an earlier star never has to be looked at again.
     */
    boolean matches(String text, int end) {
        int at = 0;
        int in = 0;
        int star = NONE;
        int resumeAt = 0;
        while (at < end) {
            if (in < pattern.length() && pattern.charAt(in) == ANY) {
                star = in++;
                resumeAt = at;
            } else if (in < pattern.length() && fits(pattern.charAt(in), text.charAt(at))) {
                in++;
                at++;
            } else if (star != NONE) {
                in = star + 1;
                at = ++resumeAt;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == ANY) {
            in++;
        }
        return in == pattern.length();
    }

    private boolean fits(char wanted, char found) {
        return wanted == ONE || wanted == found || (anyCase && lowerCase(wanted) == lowerCase(found));
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
