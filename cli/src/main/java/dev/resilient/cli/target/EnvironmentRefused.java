package dev.resilient.cli.target;

/** The machine or AWS does not let the command do its work: one sentence that says what is wrong and what to do. */
@SuppressWarnings("serial")
public final class EnvironmentRefused extends RuntimeException {

    /** With a sentence for the user. */
    public EnvironmentRefused(String sentence) {
        super(sentence);
    }

    /** With a sentence for the user, and what stands behind it for {@code --verbose}. */
    public EnvironmentRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
