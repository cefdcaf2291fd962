package dev.resilient.cloud.elb;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The attributes that resources of one kind have, with AWS's defaults. Only those that this cloud honours can be given another
 * value; each other one says so when somebody tries.
 */
final class Attributes {
    static final String IDLE_TIMEOUT = "idle_timeout.timeout_seconds";
    static final String CLIENT_KEEP_ALIVE = "client_keep_alive.seconds";
    static final String DESYNC_MODE = "routing.http.desync_mitigation_mode";
    static final String DROP_INVALID_FIELDS = "routing.http.drop_invalid_header_fields.enabled";
    static final String FORWARDED_FOR = "routing.http.xff_header_processing.mode";
    static final String FORWARDED_CLIENT_PORT = "routing.http.xff_client_port.enabled";
    static final String PRESERVE_HOST = "routing.http.preserve_host_header.enabled";
    static final String DELETION_PROTECTION = "deletion_protection.enabled";

    private static final Predicate<String> FLAG = Set.of("true", "false")::contains;

    static final Attributes OF_LOAD_BALANCERS = new Attributes("Load balancer")
            .honoured(IDLE_TIMEOUT, "60", value -> isBetween(value, 1, 4000))
            .honoured(CLIENT_KEEP_ALIVE, "3600", value -> isBetween(value, 60, 604_800))
            .honoured(DESYNC_MODE, "defensive", Set.of("monitor", "defensive", "strictest")::contains)
            .honoured(DROP_INVALID_FIELDS, "false", FLAG)
            .honoured(FORWARDED_FOR, "append", Set.of("append", "preserve", "remove")::contains)
            .honoured(FORWARDED_CLIENT_PORT, "false", FLAG)
            .honoured(PRESERVE_HOST, "false", FLAG)
            .honoured(DELETION_PROTECTION, "false", FLAG)
            .fixed("access_logs.s3.enabled", "false")
            .fixed("access_logs.s3.bucket", "")
            .fixed("access_logs.s3.prefix", "")
            .fixed("connection_logs.s3.enabled", "false")
            .fixed("connection_logs.s3.bucket", "")
            .fixed("connection_logs.s3.prefix", "")
            .fixed("health_check_logs.s3.enabled", "false")
            .fixed("health_check_logs.s3.bucket", "")
            .fixed("health_check_logs.s3.prefix", "")
            .fixed("ipv6.deny_all_igw_traffic", "false")
            .fixed("load_balancing.cross_zone.enabled", "true")
            .fixed("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false")
            .fixed("routing.http2.enabled", "true")
            .fixed("waf.fail_open.enabled", "false")
            .fixed("zonal_shift.config.enabled", "false");

    private final String kind;
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final Map<String, Predicate<String>> honoured = new HashMap<>();

    /** Of a kind of resource that has none yet. */
    Attributes(String kind) {
        this.kind = kind;
    }

    /** Every attribute: what was set, else the default. */
    Map<String, String> all(Map<String, String> set) {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(set);
        return Collections.unmodifiableMap(all);
    }

    /** The value of one attribute. */
    String value(Map<String, String> set, String key) {
        String value = set.getOrDefault(key, defaults.get(key));
        if (value == null) {
            throw new IllegalArgumentException(key + " is no attribute");
        }
        return value;
    }

    int number(Map<String, String> set, String key) {
        return Integer.parseInt(value(set, key));
    }

    boolean flag(Map<String, String> set, String key) {
        return Boolean.parseBoolean(value(set, key));
    }

    /** Adds changes to what was set; refuses them all if one cannot be honoured. */
    Map<String, String> change(Map<String, String> set, Map<String, String> changes) {
        changes.forEach(this::check);
        Map<String, String> next = new HashMap<>(set);
        next.putAll(changes);
        return next;
    }

    private void check(String key, String value) {
        String usual = defaults.get(key);
        if (usual == null) {
            throw Errors.validation(kind + " attribute key '" + key + "' is not recognized");
        }
        Predicate<String> valid = honoured.get(key);
        if (valid == null && !value.equals(usual)) {
            throw Errors.invalidConfiguration(kind + " attribute '" + key + "' has no value but '" + usual
                    + "' in this cloud, which does not support '" + value + "'");
        }
        if (valid != null && !valid.test(value)) {
            throw Errors.validation(kind + " attribute '" + key + "' cannot be set to '" + value + "'");
        }
    }

    /** Adds an attribute that can have any value that is {@code valid}. */
    Attributes honoured(String key, String usual, Predicate<String> valid) {
        honoured.put(key, valid);
        return fixed(key, usual);
    }

    private Attributes fixed(String key, String usual) {
        defaults.put(key, usual);
        return this;
    }

    static boolean isBetween(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            return number >= least && number <= most;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
