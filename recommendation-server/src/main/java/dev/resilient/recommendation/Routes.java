package dev.resilient.recommendation;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which path is answered by whom. */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    private Routes() {}

    /** Adds the two paths, and what is answered to everything else. */
    static void add(HttpRouting.Builder routing, Handler recommendation, Handler healthCheck) {
        addResource(routing, "/", recommendation);
        addResource(routing, "/healthcheck", healthCheck);
        routing.any((request, response) -> Json.sendError(
                request, response, Status.NOT_FOUND_404, "There is nothing here but / and /healthcheck."));
        routing.error(Throwable.class, Routes::sendFailure);
    }

    /** Adds the one path of the status port. */
    static void addStatus(HttpRouting.Builder routing, Handler status) {
        addResource(routing, "/status", status);
        routing.any((request, response) ->
                Json.sendError(request, response, Status.NOT_FOUND_404, "There is nothing here but /status."));
        routing.error(Throwable.class, Routes::sendFailure);
    }

    private static void addResource(HttpRouting.Builder routing, String path, Handler handler) {
        routing.get(path, handler);
        routing.route(Method.HEAD, path, handler);
        routing.any(path, (request, response) -> {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            Json.sendError(request, response, Status.METHOD_NOT_ALLOWED_405, "Only GET and HEAD are possible here.");
        });
    }

    /** What no handler foresaw: the log gets all of it, the caller nothing. */
    private static void sendFailure(ServerRequest request, ServerResponse response, Throwable failure) {
        log.error(
                "{} {} failed",
                request.prologue().method().text(),
                request.path().path(),
                failure);
        Json.sendError(request, response, Status.INTERNAL_SERVER_ERROR_500, "This server failed.");
    }
}
