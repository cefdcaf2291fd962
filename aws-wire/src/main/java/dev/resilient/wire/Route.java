package dev.resilient.wire;

import java.util.Optional;

/**
 * Which HTTP requests of a resource-oriented service mean an operation: {@code PUT} on a bucket with {@code ?tagging}.
 *
 * <p>A request takes a route if the method, the level and the markers agree and every other query parameter is one that the
 * operation's request declares; among several, the one with most markers wins. So a sub-resource that is not registered
 * never falls back to the operation on the resource itself. Where a marker that the operation does not declare, or that it
 * declares and does not honour, gives the request another meaning, {@link OperationRegistry#refuse} says so.
 *
 * @param method {@code GET}, {@code HEAD}, {@code PUT}, {@code POST} or {@code DELETE}
 * @param level what the path names
 * @param query the query parameter that must be there, alone ({@code tagging}) or with its value ({@code list-type=2})
 * @param header the header that must be there, in lower case: {@code x-amz-copy-source}
 * @param root the name of the response's root element, where a response is written as one
 * @param status the HTTP status of success
 */
public record Route(
        String method,
        Level level,
        Optional<String> query,
        Optional<String> header,
        Optional<String> root,
        int status) {

    /** What a path names: {@code /}, {@code /bucket} or {@code /bucket/key}. */
    public enum Level {
        SERVICE,
        BUCKET,
        OBJECT
    }

    /** Every request with this method on this level that has no marker, answered with HTTP status 200. */
    public static Route of(String method, Level level) {
        return new Route(method, level, Optional.empty(), Optional.empty(), Optional.empty(), 200);
    }

    /** Only with this query parameter: {@code tagging}, or {@code list-type=2} where its value matters. */
    public Route withQuery(String parameter) {
        return new Route(method, level, Optional.of(parameter), header, root, status);
    }

    /** Only with this header, named in lower case. */
    public Route withHeader(String name) {
        return new Route(method, level, query, Optional.of(name), root, status);
    }

    /** The response's root element: {@code ListBucketResult}. */
    public Route root(String element) {
        return new Route(method, level, query, header, Optional.of(element), status);
    }

    /** Another status than 200 for success. */
    public Route status(int success) {
        return new Route(method, level, query, header, root, success);
    }

    /** How many markers it has; of two routes that a request takes, the one with more is meant. */
    public int markers() {
        return (query.isPresent() ? 1 : 0) + (header.isPresent() ? 1 : 0);
    }
}
