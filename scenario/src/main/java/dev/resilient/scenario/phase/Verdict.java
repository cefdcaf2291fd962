package dev.resilient.scenario.phase;

/**
 * What a claim comes to, by what has been seen so far.
 *
 * @param outcome whether it holds
 * @param observed what was seen, in a few words
 */
public record Verdict(Outcome outcome, String observed) {

    /** Whether a claim holds. */
    public enum Outcome {
        /** It has been seen to be true. */
        HELD,
        /** It may still become true. */
        NOT_YET,
        /** It has been seen to be false, and no more time would change that. */
        BROKEN
    }

    /** The claim is true. */
    public static Verdict held(String observed) {
        return new Verdict(Outcome.HELD, observed);
    }

    /** The claim is not true yet. */
    public static Verdict notYet(String observed) {
        return new Verdict(Outcome.NOT_YET, observed);
    }

    /** The claim is false. */
    public static Verdict broken(String observed) {
        return new Verdict(Outcome.BROKEN, observed);
    }

    /** Held under {@code condition}, else not yet. */
    public static Verdict heldIf(boolean condition, String observed) {
        return condition ? held(observed) : notYet(observed);
    }
}
