package dev.resilient.wire.protocol;

import dev.resilient.wire.Invocation;
import dev.resilient.wire.Route;
import dev.resilient.wire.http.Parameter;
import dev.resilient.wire.http.PercentEncoding;
import dev.resilient.wire.http.WireRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/**
 * What a request to S3 is about, path-style ({@code /bucket/key}) or virtual-host style ({@code bucket.localhost}).
 *
 * @param bucket empty if the request names none
 * @param key empty if the request names none
 */
record RestPath(WireRequest request, List<Parameter> query, String bucket, String key) {
    private static final String LOCAL = ".localhost";

    /** Parameters that belong to signing and to clients' own bookkeeping, and say nothing about the operation. */
    private static boolean isBookkeeping(String parameter) {
        return parameter.equals("x-id") || parameter.toLowerCase(Locale.ROOT).startsWith("x-amz-");
    }

    /** Takes a request's host and path apart. */
    static RestPath of(WireRequest request) {
        Optional<String> bucket = hostBucket(request.header("host").orElse(""));
        String path = request.rawPath().startsWith("/") ? request.rawPath().substring(1) : request.rawPath();
        if (bucket.isPresent()) {
            return new RestPath(request, request.query(), bucket.get(), PercentEncoding.decode(path));
        }
        int slash = path.indexOf('/');
        return new RestPath(
                request,
                request.query(),
                PercentEncoding.decode(slash < 0 ? path : path.substring(0, slash)),
                slash < 0 ? "" : PercentEncoding.decode(path.substring(slash + 1)));
    }

    /** The bucket in {@code bucket.localhost:8000} or {@code bucket.s3.localhost}. */
    private static Optional<String> hostBucket(String host) {
        String name = host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
        if (!name.endsWith(LOCAL)) {
            return Optional.empty();
        }
        String label = name.substring(0, name.length() - LOCAL.length()).replaceFirst("(^|\\.)s3(\\.[a-z0-9-]+)?$", "");
        return label.isEmpty() ? Optional.empty() : Optional.of(label);
    }

    Route.Level level() {
        if (bucket.isEmpty()) {
            return Route.Level.SERVICE;
        }
        return key.isEmpty() ? Route.Level.BUCKET : Route.Level.OBJECT;
    }

    /** Whether the request takes {@code route} to an operation with this type of request. */
    boolean takes(Route route, Class<? extends AwsRequest> requestType) {
        if (!carriesMarkersOf(route)) {
            return false;
        }
        Set<String> declared = DECLARED.get(requestType);
        String marker = route.query().map(text -> text.split("=", 2)[0]).orElse("");
        return query.stream()
                .map(Parameter::name)
                .allMatch(name -> name.equals(marker) || isBookkeeping(name) || declared.contains(name));
    }

    /** Whether the request has this route's method, level and markers, whatever else it carries. */
    boolean carriesMarkersOf(Route route) {
        return route.method().equals(request.method())
                && route.level() == level()
                && route.header().map(request.headers()::containsKey).orElse(true)
                && route.query().map(this::has).orElse(true);
    }

    private boolean has(String marker) {
        String[] parts = marker.split("=", 2);
        return query.stream()
                .anyMatch(parameter -> parameter.name().equals(parts[0])
                        && (parts.length == 1 || parameter.value().equals(parts[1])));
    }

    /** The request in words, without the names in it: {@code PUT ?acl on an object}. */
    String describe() {
        StringBuilder words = new StringBuilder(request.method());
        query.stream().map(Parameter::name).filter(name -> !isBookkeeping(name)).forEach(name -> words.append(" ?")
                .append(name));
        return words.append(
                        switch (level()) {
                            case SERVICE -> " on the service";
                            case BUCKET -> " on a bucket";
                            case OBJECT -> " on an object";
                        })
                .toString();
    }

    private static final ClassValue<Set<String>> DECLARED = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
            Set<String> names = new HashSet<>();
            for (SdkField<?> field : Invocation.builder(type).sdkFields()) {
                if (field.location() == MarshallLocation.QUERY_PARAM) {
                    names.add(field.locationName());
                }
            }
            return Set.copyOf(names);
        }
    };
}
