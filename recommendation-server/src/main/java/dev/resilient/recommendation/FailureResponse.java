package dev.resilient.recommendation;

/** What is answered when there is no recommendation; the names in lower case are the parameter's values. */
enum FailureResponse {
    /** The failure itself: 502. */
    NONE,
    /** Always the same book: 200. */
    STATIC,
    /** One of the last recommendations that this instance gave, with its age; the static book if it never gave one: 200. */
    CACHED
}
