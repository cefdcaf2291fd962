package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.rule.RedirectTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a listener does with a request. */
public sealed interface Action {

    /**
     * Sends the request to a target of one of the groups and its response to the client. A group gets its weight's share of the
     * requests, also while it has no target for them: those are answered with 503, as all are if every weight is 0.
     *
     * @param groups one to five different groups
     * @param stickiness how long a client that comes again stays with the group it was given, 1 s to 7 days; empty, the default, for
     *     not at all
     */
    record Forward(List<WeightedGroup> groups, Optional<Duration> stickiness) implements Action {
        private static final int MAXIMUM_GROUPS = 5;
        private static final Duration LONGEST_STICKINESS = Duration.ofDays(7);

        /** @throws IllegalArgumentException if a value is outside its range, saying which */
        public Forward {
            groups = List.copyOf(groups);
            if (groups.isEmpty() || groups.size() > MAXIMUM_GROUPS) {
                throw new IllegalArgumentException(
                        "a forward action has 1 to " + MAXIMUM_GROUPS + " target groups, not " + groups.size());
            }
            Set<TargetGroup> different = new HashSet<>();
            for (WeightedGroup weighted : groups) {
                if (!different.add(weighted.group())) {
                    throw new IllegalArgumentException("a forward action names the target group "
                            + weighted.group().name() + " twice");
                }
            }
            stickiness.ifPresent(duration -> {
                if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST_STICKINESS) > 0) {
                    throw new IllegalArgumentException(
                            "the stickiness of target groups lasts 1 s to 7 days, not " + duration);
                }
            });
        }

        /** To one group. */
        public Forward(TargetGroup group) {
            this(List.of(new WeightedGroup(group, 1)), Optional.empty());
        }
    }

    /**
     * Sends the client to another URL, {@code protocol://host:port/path?query}. Each part may contain placeholders for what the
     * request asked for: {@code #{protocol}}, {@code #{host}}, {@code #{port}}, {@code #{path}} (without its leading slash) and
     * {@code #{query}}. A URL that comes to more than 8 KiB is not sent: the answer is 507 then.
     *
     * @param status 301 or 302
     * @param protocol {@code HTTP}, {@code HTTPS} or {@code #{protocol}}
     * @param host at most 128 characters; only {@code #{host}} is allowed in it
     * @param port a number from 1 to 65535, or {@code #{port}}
     * @param path at most 128 characters, beginning with a slash; host, port and path are allowed in it
     * @param query at most 128 characters, without the question mark; everything is allowed in it
     */
    record Redirect(int status, String protocol, String host, String port, String path, String query)
            implements Action {
        private static final int MOVED_PERMANENTLY = 301;
        private static final int FOUND = 302;

        /** @throws IllegalArgumentException if a value is outside its range, or would make the client go in circles, saying which */
        public Redirect {
            if (status != MOVED_PERMANENTLY && status != FOUND) {
                throw new IllegalArgumentException("a redirect has the status 301 or 302, not " + status);
            }
            new RedirectTemplate(protocol, host, port, path, query);
        }

        /** A redirect to the same URL over HTTPS: {@code https://#{host}:443/#{path}?#{query}}. */
        public static Redirect toHttps(int status) {
            return new Redirect(status, "HTTPS", "#{host}", "443", "/#{path}", "#{query}");
        }
    }

    /**
     * Answers the request itself.
     *
     * @param status 2xx, 4xx or 5xx
     * @param contentType one of {@code text/plain, text/css, text/html, application/javascript, application/json}
     * @param body at most 1024 bytes of UTF-8; may be empty
     */
    record FixedResponse(int status, String contentType, String body) implements Action {
        private static final int MAXIMUM_BODY = 1024;
        private static final Set<String> CONTENT_TYPES =
                Set.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");

        /** @throws IllegalArgumentException if a value is outside its range, saying which */
        public FixedResponse {
            int family = status / 100;
            if (family != 2 && family != 4 && family != 5) {
                throw new IllegalArgumentException("a fixed response has a status of 2xx, 4xx or 5xx, not " + status);
            }
            if (!CONTENT_TYPES.contains(contentType)) {
                throw new IllegalArgumentException("'" + contentType + "' is not a content type of a fixed response");
            }
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            if (length > MAXIMUM_BODY) {
                throw new IllegalArgumentException("the body of a fixed response has " + length + " bytes, at most "
                        + MAXIMUM_BODY + " are allowed");
            }
        }
    }
}
