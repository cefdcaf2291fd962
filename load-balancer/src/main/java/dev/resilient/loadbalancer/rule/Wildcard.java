package dev.resilient.loadbalancer.rule;

/** A pattern in which {@code *} stands for any characters, also none, and {@code ?} for exactly one. */
public final class Wildcard {
    private static final int NONE = -1;
    private final String pattern;
    private final boolean anyCase;

    private Wildcard(String pattern, boolean anyCase) {
        this.pattern = pattern;
        this.anyCase = anyCase;
    }

    /** Matches text as it is. */
    public static Wildcard exactly(String pattern) {
        return new Wildcard(pattern, false);
    }

    /** Matches ASCII text without regard to case. */
    public static Wildcard inAnyCase(String pattern) {
        return new Wildcard(pattern, true);
    }

    /** How many wildcards a pattern has. */
    public static int count(String pattern) {
        return (int) pattern.chars().filter(c -> c == '*' || c == '?').count();
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
            if (in < pattern.length() && pattern.charAt(in) == '*') {
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
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    private boolean fits(char wanted, char found) {
        return wanted == '?' || wanted == found || (anyCase && lowerCase(wanted) == lowerCase(found));
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
