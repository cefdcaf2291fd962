package dev.resilient.policy;

/** The answer of policies to a question. */
public sealed interface Outcome {

    /** Every type of policy that is in force allows it, and no policy denies it. */
    record Allowed() implements Outcome {}

    /** A policy of this type denies it. */
    record ExplicitlyDenied(PolicyType by) implements Outcome {}

    /** No policy of this type allows it. */
    record ImplicitlyDenied(PolicyType by) implements Outcome {}

    /** Why {@code action} is denied, as AWS's messages end; empty if it is allowed. */
    default String reason(String action) {
        return switch (this) {
            case Allowed() -> "";
            case ExplicitlyDenied(PolicyType by) -> " with an explicit deny in " + by.anyTitle();
            case ImplicitlyDenied(PolicyType by) -> " because no " + by.title() + " allows the " + action + " action";
        };
    }
}
