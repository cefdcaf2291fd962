package dev.resilient.wire.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as it came, with nothing decoded: signatures cover the very characters that were sent.
 *
 * @param rawPath the path, percent-encoded as received
 * @param rawQuery the query without its question mark, percent-encoded as received; empty if there is none
 * @param headers every value of every header, by name in lower case
 * @param body the whole body; never changed after the request was made
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying objects of megabytes would be the only use
public record WireRequest(
        String method, String rawPath, String rawQuery, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header named in lower case. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** The parameters of the query, decoded. */
    public List<Parameter> query() {
        return Parameter.parse(rawQuery);
    }

    /** The same request with another body. */
    public WireRequest withBody(byte[] decoded) {
        return new WireRequest(method, rawPath, rawQuery, headers, decoded);
    }

    /** The same request with more headers, named in lower case. */
    public WireRequest withHeaders(Map<String, String> more) {
        Map<String, List<String>> all = new HashMap<>(headers);
        more.forEach((name, value) -> all.put(name, List.of(value)));
        return new WireRequest(method, rawPath, rawQuery, all, body);
    }

    @Override
    public String toString() {
        return method + " " + rawPath;
    }
}
