package dev.resilient.recommendation;

/** Whether the server limits what the table may cost it; the names in lower case are the parameter's values. */
enum TimeLimits {
    /** {@link Limits#DEFAULTS}. */
    ON,
    /** {@link Limits#NONE}: what a server is like whose authors have not thought of it. */
    OFF
}
