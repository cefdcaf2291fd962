package dev.resilient.loadbalancer.settings;

/** What becomes of the X-Forwarded-For field of a request on its way to a target. */
public enum ForwardedForMode {
    /** The client's address is put behind what came. */
    APPEND("append"),
    /** What came is passed on as it is, or nothing if nothing came. */
    PRESERVE("preserve"),
    /** Nothing is passed on. */
    REMOVE("remove");

    private final String wireName;

    ForwardedForMode(String wireName) {
        this.wireName = wireName;
    }

    /** The value of AWS's attribute {@code routing.http.xff_header_processing.mode}. */
    public String wireName() {
        return wireName;
    }
}
