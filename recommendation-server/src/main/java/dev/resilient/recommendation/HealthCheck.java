package dev.resilient.recommendation;

/** What a health check looks at; the names in lower case are the parameter's values. */
enum HealthCheck {
    /** Only that the server answers. */
    SHALLOW,
    /** That the server can get a recommendation. */
    DEEP
}
