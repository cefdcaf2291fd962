package dev.resilient.recommendation;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** Responses whose body is JSON. */
final class Json {
    private Json() {}

    static void send(ServerResponse response, Status status, byte[] body) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).send(body);
    }

    static void send(ServerResponse response, Status status, String body) {
        send(response, status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** @param message without characters that JSON would have to escape */
    static void sendError(ServerResponse response, Status status, String message) {
        send(response, status, "{\"error\": \"" + message + "\"}");
    }
}
