package dev.resilient.cloud.elb.attribute;

import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.loadbalancer.settings.DesyncMode;
import dev.resilient.loadbalancer.settings.ForwardedForMode;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import java.util.Locale;

/** The attributes of load balancers, and what they come to. */
public final class LoadBalancerAttributes {
    /** Names, defaults and patterns. */
    public static final Attributes ATTRIBUTES = new Attributes("Load balancer", """
        idle_timeout.timeout_seconds 60 1..4000
        client_keep_alive.seconds 3600 60..604800
        routing.http.desync_mitigation_mode defensive monitor strictest
        routing.http.drop_invalid_header_fields.enabled false true
        routing.http.xff_header_processing.mode append preserve remove
        routing.http.xff_client_port.enabled false true
        routing.http.preserve_host_header.enabled false true
        deletion_protection.enabled false true
        access_logs.s3.enabled false true
        access_logs.s3.bucket '' [a-z0-9.-]{3,63}
        access_logs.s3.prefix '' (?!.*AWSLogs)[^/].*
        connection_logs.s3.enabled false
        connection_logs.s3.bucket ''
        connection_logs.s3.prefix ''
        health_check_logs.s3.enabled false
        health_check_logs.s3.bucket ''
        health_check_logs.s3.prefix ''
        ipv6.deny_all_igw_traffic false
        load_balancing.cross_zone.enabled true
        routing.http.x_amzn_tls_version_and_cipher_suite.enabled false
        routing.http2.enabled true
        waf.fail_open.enabled false
        zonal_shift.config.enabled false
        """);

    private LoadBalancerAttributes() {}

    /** A record as the load balancer wants it: time-outs are not divided by the pace. */
    public static LoadBalancerSettings settings(LoadBalancerRecord record) {
        Attributes.Values values = ATTRIBUTES.of(record);
        return new LoadBalancerSettings(
                values.seconds("idle_timeout.timeout_seconds"),
                values.seconds("client_keep_alive.seconds"),
                DesyncMode.valueOf(constant(values.text("routing.http.desync_mitigation_mode"))),
                values.isTrue("routing.http.drop_invalid_header_fields.enabled"),
                ForwardedForMode.valueOf(constant(values.text("routing.http.xff_header_processing.mode"))),
                values.isTrue("routing.http.xff_client_port.enabled"),
                values.isTrue("routing.http.preserve_host_header.enabled"));
    }

    private static String constant(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
