package dev.resilient.cloud.ec2.metadata;

import com.sun.net.httpserver.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How one instance's metadata service answers a request: version 2 of the service, and version 1 where it is allowed. */
record MetadataRequests(Supplier<InstanceFacts> facts, InstanceCredentials credentials, MetadataTokens tokens) {
    private static final String TOKEN_HEADER = "X-aws-ec2-metadata-token";
    private static final String TIME_TO_LIVE_HEADER = "X-aws-ec2-metadata-token-ttl-seconds";
    private static final String LATEST = "latest";

    /** As the service lists them. What is at a path is the same in all of them. */
    private static final List<String> VERSIONS = List.of("""
        1.0 2007-01-19 2007-03-01 2007-08-29 2007-10-10 2007-12-15 2008-02-01 2008-09-01 2009-04-04 2011-01-01 2011-05-01
        2012-01-12 2014-02-25 2014-11-05 2015-10-20 2016-04-19 2016-06-30 2016-09-02 2018-03-28 2018-08-17 2018-09-24
        2019-10-01 2020-10-27 2021-01-03 2021-03-23 2021-07-15 2022-09-24 latest\
        """.split("\\s+"));

    private static final Pattern VERSIONED = Pattern.compile("/([^/]+)(?:/(.*))?");

    MetadataResponse answer(String method, String path, Headers headers) {
        InstanceFacts now = facts.get();
        if (!now.isEnabled()) {
            return MetadataResponse.error(403);
        }
        Matcher versioned = VERSIONED.matcher(path);
        if (versioned.matches() && "api/token".equals(versioned.group(2))) {
            return versioned.group(1).equals(LATEST) ? token(method, headers) : MetadataResponse.error(403);
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return MetadataResponse.error(405).with("Allow", "GET, HEAD");
        }
        if (!isAuthorized(now, headers)) {
            return MetadataResponse.error(401);
        }
        if (path.equals("/")) {
            return MetadataResponse.text(String.join("\n", VERSIONS));
        }
        return versioned.matches() && VERSIONS.contains(versioned.group(1))
                ? metadata(now, Optional.ofNullable(versioned.group(2)).orElse(""))
                : MetadataResponse.error(404);
    }

    private MetadataResponse token(String method, Headers headers) {
        if (method.equals("OPTIONS")) {
            return MetadataResponse.text("").with("Allow", "OPTIONS, PUT");
        }
        if (!method.equals("PUT")) {
            return MetadataResponse.error(405).with("Allow", "OPTIONS, PUT");
        }
        // A request that came through a proxy must not get a token out of the instance.
        if (headers.containsKey("X-Forwarded-For")) {
            return MetadataResponse.error(403);
        }
        String seconds =
                Optional.ofNullable(headers.getFirst(TIME_TO_LIVE_HEADER)).orElse("");
        if (!seconds.matches("\\d{1,5}")) {
            return MetadataResponse.error(400);
        }
        Duration timeToLive = Duration.ofSeconds(Long.parseLong(seconds));
        if (timeToLive.isZero() || timeToLive.compareTo(MetadataTokens.LONGEST) > 0) {
            return MetadataResponse.error(400);
        }
        return MetadataResponse.text(tokens.issue(timeToLive)).with(TIME_TO_LIVE_HEADER, seconds);
    }

    /** A bad token is refused also where none is needed. */
    private boolean isAuthorized(InstanceFacts now, Headers headers) {
        String token = headers.getFirst(TOKEN_HEADER);
        return token == null ? !now.requiresTokens() : tokens.isValid(token);
    }

    private MetadataResponse metadata(InstanceFacts now, String path) {
        return new MetadataTree(now, credentials)
                .find(path)
                .map(path.matches("user-data/?") ? MetadataResponse::bytes : MetadataResponse::text)
                .orElseGet(() -> MetadataResponse.error(404));
    }
}
