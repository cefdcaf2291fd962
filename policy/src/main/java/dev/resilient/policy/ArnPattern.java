package dev.resilient.policy;

/**
 * The resource of a policy statement: {@code *}, or an ARN with wildcards. Each of the six segments is compared by itself, so
 * that a wildcard reaches over {@code /}, and in the last segment over {@code :}, but never into another segment. Letter
 * case counts.
 *
 * @param text as the policy has it
 */
public record ArnPattern(String text) {
    private static final int SEGMENTS = 6;

    /** Whether the pattern covers {@code resource}, an ARN or the {@code *} of actions that know no resource. */
    public boolean matches(String resource) {
        if (text.equals("*")) {
            return true;
        }
        String[] pattern = text.split(":", SEGMENTS);
        String[] arn = resource.split(":", SEGMENTS);
        if (pattern.length != SEGMENTS || arn.length != SEGMENTS) {
            return false;
        }
        for (int segment = 0; segment < SEGMENTS; segment++) {
            if (!Glob.matches(pattern[segment], arn[segment])) {
                return false;
            }
        }
        return true;
    }
}
