package dev.resilient.recommendation;

import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Supplier;

/**
 * {@code GET /healthcheck}: 200 or 503. A shallow check touches nothing but memory. A deep one does what a request does, and
 * answers within the time limit of one call.
 */
final class HealthHandler implements Handler {
    private final Supplier<ServiceParameters> parameters;
    private final CurrentTable tables;
    private final LastGood lastGood;

    HealthHandler(Supplier<ServiceParameters> parameters, CurrentTable tables, LastGood lastGood) {
        this.parameters = parameters;
        this.tables = tables;
        this.lastGood = lastGood;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        boolean success = isHealthy(parameters.get());
        Json.send(
                request,
                response,
                success ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503,
                "{\"success\": %s}".formatted(success));
    }

    private boolean isHealthy(ServiceParameters inForce) {
        return switch (inForce.healthCheck()) {
            case SHALLOW -> true;
            case DEEP -> isWorking();
        };
    }

    /** Whether the server can do its work now, as a deep check sees it, whatever kind of check the parameters ask for. */
    boolean isWorking() {
        try {
            boolean works = tables.of(parameters.get()).check();
            if (works) {
                lastGood.worked();
            }
            return works;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
