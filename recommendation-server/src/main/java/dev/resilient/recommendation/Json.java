package dev.resilient.recommendation;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Responses whose body is JSON. */
final class Json {
    private Json() {}

    /**
     * Answers {@code request}; without the body, if it is a HEAD.
     *
     * @throws CloseConnectionException when the answer is sent, if the caller wants the connection closed: Helidon would only
     *     say that it closes, and leave a caller that reads to the end waiting
     */
    static void send(ServerRequest request, ServerResponse response, Status status, byte[] body) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(body.length));
            response.send();
        } else {
            response.send(body);
        }
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the caller wants it");
        }
    }

    static void send(ServerRequest request, ServerResponse response, Status status, String body) {
        send(request, response, status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A constant as it is written in parameters and in JSON. */
    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @param message without characters that JSON would have to escape */
    static void sendError(ServerRequest request, ServerResponse response, Status status, String message) {
        send(request, response, status, "{\"error\": \"" + message + "\"}");
    }
}
