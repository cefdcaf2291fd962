package dev.resilient.policy;

/** Matches text against a pattern in which {@code *} stands for any characters, none included, and {@code ?} for one. */
final class Glob {
    /** Stand in a pattern for a star and a question mark that mean themselves; neither can occur in a policy. */
    private static final char STAR = '\uE000';

    private static final char QUESTION_MARK = '\uE001';

    private Glob() {}

    /** A pattern that only this text matches. */
    static String literally(String text) {
        return text.replace('*', STAR).replace('?', QUESTION_MARK);
    }

    /** Whether the whole of {@code text} matches; letter case counts. Takes time proportional to the product of the lengths at worst. */
    static boolean matches(String pattern, String text) {
        int inPattern = 0;
        int inText = 0;
        int lastStar = -1;
        int resumeAt = 0;
        while (inText < text.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                lastStar = inPattern++;
                resumeAt = inText;
            } else if (inPattern < pattern.length() && matchesOne(pattern.charAt(inPattern), text.charAt(inText))) {
                inPattern++;
                inText++;
            } else if (lastStar >= 0) {
                // Let the last star swallow one character more, and try again from there.
                inPattern = lastStar + 1;
                inText = ++resumeAt;
            } else {
                return false;
            }
        }
        return pattern.substring(inPattern).chars().allMatch(rest -> rest == '*');
    }

    private static boolean matchesOne(char inPattern, char inText) {
        return switch (inPattern) {
            case '?' -> true;
            case STAR -> inText == '*';
            case QUESTION_MARK -> inText == '?';
            default -> inPattern == inText;
        };
    }
}
