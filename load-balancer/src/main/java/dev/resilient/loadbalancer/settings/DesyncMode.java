package dev.resilient.loadbalancer.settings;

/**
 * What is done with requests that two readers could understand in two ways. In every mode a request is refused whose end this load
 * balancer cannot tell for sure.
 */
public enum DesyncMode {
    /** Nothing more than to record what they are. */
    MONITOR("monitor"),
    /** Ambiguous ones are the last on their connections. */
    DEFENSIVE("defensive"),
    /** Only requests that comply are let through. */
    STRICTEST("strictest");

    private final String wireName;

    DesyncMode(String wireName) {
        this.wireName = wireName;
    }

    /** The value of AWS's attribute {@code routing.http.desync_mitigation_mode}. */
    public String wireName() {
        return wireName;
    }
}
