package dev.resilient.wire.signature;

import dev.resilient.wire.http.Parameter;
import dev.resilient.wire.http.PercentEncoding;
import dev.resilient.wire.http.WireRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** The text that a signature covers: a request in the one form that client and server agree on. */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /**
     * The canonical form of {@code request}.
     *
     * @param resourcePath whether the path names a resource and is taken as it is (S3); otherwise it is normalised and encoded
     *     a second time
     * @param payloadHash the hash of the body, or what is signed in its place
     */
    static String of(WireRequest request, Signature signature, boolean resourcePath, String payloadHash) {
        StringBuilder text = new StringBuilder(1024)
                .append(request.method())
                .append('\n')
                .append(resourcePath ? resource(request.rawPath()) : normalised(request.rawPath()))
                .append('\n')
                .append(query(request))
                .append('\n');
        for (String name : signature.signedHeaders()) {
            text.append(name).append(':').append(header(request, name)).append('\n');
        }
        return text.append('\n')
                .append(String.join(";", signature.signedHeaders()))
                .append('\n')
                .append(payloadHash)
                .toString();
    }

    private static String resource(String rawPath) {
        return PercentEncoding.encodePath(PercentEncoding.decode(rawPath));
    }

    private static String normalised(String rawPath) {
        if (rawPath.equals("/")) {
            return rawPath;
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : rawPath.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(PercentEncoding.encode(segment));
            }
        }
        String path = "/" + String.join("/", segments);
        return rawPath.endsWith("/") && !segments.isEmpty() ? path + "/" : path;
    }

    private static String query(WireRequest request) {
        if (request.rawQuery().isEmpty()) {
            return "";
        }
        List<Parameter> encoded = new ArrayList<>();
        for (Parameter parameter : request.query()) {
            if (!parameter.name().equals("X-Amz-Signature")) {
                encoded.add(new Parameter(
                        PercentEncoding.encode(parameter.name()), PercentEncoding.encode(parameter.value())));
            }
        }
        encoded.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        StringBuilder query = new StringBuilder(request.rawQuery().length() + 16);
        for (Parameter parameter : encoded) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(parameter.name())
                    .append('=')
                    .append(parameter.value());
        }
        return query.toString();
    }

    private static String header(WireRequest request, String name) {
        List<String> values = request.headers().getOrDefault(name, List.of());
        if (values.size() == 1 && !values.getFirst().contains("  ")) {
            return values.getFirst().strip();
        }
        List<String> collapsed = new ArrayList<>(values.size());
        for (String value : values) {
            collapsed.add(value.strip().replaceAll(" +", " "));
        }
        return String.join(",", collapsed);
    }
}
