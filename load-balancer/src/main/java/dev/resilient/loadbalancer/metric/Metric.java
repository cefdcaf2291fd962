package dev.resilient.loadbalancer.metric;

/** The metrics of AWS's namespace {@code AWS/ApplicationELB} that are kept, each a sum unless it says otherwise. */
public enum Metric {
    /** Connections of clients and to targets that are open now. */
    ACTIVE_CONNECTION_COUNT("ActiveConnectionCount"),
    NEW_CONNECTION_COUNT("NewConnectionCount"),
    /** Bytes received from clients and sent to them. */
    PROCESSED_BYTES("ProcessedBytes"),
    IPV6_PROCESSED_BYTES("IPv6ProcessedBytes"),
    /** Requests for which a target was chosen. */
    REQUEST_COUNT("RequestCount"),
    IPV6_REQUEST_COUNT("IPv6RequestCount"),
    /** Requests that were routed by failing open. */
    UNHEALTHY_ROUTING_REQUEST_COUNT("UnhealthyRoutingRequestCount"),
    /** Statuses that the load balancer made itself; neither fixed responses nor redirects. */
    ELB_4XX_COUNT("HTTPCode_ELB_4XX_Count"),
    ELB_5XX_COUNT("HTTPCode_ELB_5XX_Count"),
    ELB_500_COUNT("HTTPCode_ELB_500_Count"),
    ELB_502_COUNT("HTTPCode_ELB_502_Count"),
    ELB_503_COUNT("HTTPCode_ELB_503_Count"),
    ELB_504_COUNT("HTTPCode_ELB_504_Count"),
    /** Redirects. */
    ELB_3XX_COUNT("HTTPCode_ELB_3XX_Count"),
    FIXED_RESPONSE_COUNT("HTTP_Fixed_Response_Count"),
    REDIRECT_COUNT("HTTP_Redirect_Count"),
    /** Redirects that were not made, since their URL would have been longer than 8 KB. */
    REDIRECT_URL_LIMIT_EXCEEDED_COUNT("HTTP_Redirect_Url_Limit_Exceeded_Count"),
    /** Rules that were tried, default actions not counted. */
    RULE_EVALUATIONS("RuleEvaluations"),
    NON_COMPLIANT_REQUEST_COUNT("DesyncMitigationMode_NonCompliant_Request_Count"),
    DROPPED_INVALID_HEADER_REQUEST_COUNT("DroppedInvalidHeaderRequestCount"),
    FORWARDED_INVALID_HEADER_REQUEST_COUNT("ForwardedInvalidHeaderRequestCount"),
    TARGET_2XX_COUNT("HTTPCode_Target_2XX_Count"),
    TARGET_3XX_COUNT("HTTPCode_Target_3XX_Count"),
    TARGET_4XX_COUNT("HTTPCode_Target_4XX_Count"),
    TARGET_5XX_COUNT("HTTPCode_Target_5XX_Count"),
    TARGET_CONNECTION_ERROR_COUNT("TargetConnectionErrorCount"),
    /** Targets that are healthy now. */
    HEALTHY_HOST_COUNT("HealthyHostCount"),
    /** Targets that are unhealthy now. */
    UNHEALTHY_HOST_COUNT("UnHealthyHostCount");

    private final String wireName;

    Metric(String wireName) {
        this.wireName = wireName;
    }

    /** AWS's name. */
    public String wireName() {
        return wireName;
    }
}
