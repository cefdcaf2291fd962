package dev.resilient.recommendation;

import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code GET /}: a recommendation, or what the parameters say is answered when there is none. */
final class RecommendationHandler implements Handler {
    private static final Logger log = LoggerFactory.getLogger(RecommendationHandler.class);

    /** What is recommended when nothing can be. */
    private static final Map<String, AttributeValue> STATIC_BOOK = staticBook();

    private final Supplier<ServiceParameters> parameters;
    private final CurrentTable tables;
    private final LastGood lastGood;
    private final RecommendationBody body;

    RecommendationHandler(
            Supplier<ServiceParameters> parameters, CurrentTable tables, LastGood lastGood, RecommendationBody body) {
        this.parameters = parameters;
        this.tables = tables;
        this.lastGood = lastGood;
        this.body = body;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        ServiceParameters inForce = parameters.get();
        try {
            Map<String, AttributeValue> item = tables.of(inForce).next();
            lastGood.keep(item);
            Json.send(request, response, Status.OK_200, body.of(item));
        } catch (Unavailable failure) {
            log.debug("no recommendation: {}", failure.getMessage());
            sendFailure(inForce.failureResponse(), request, response);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            sendFailure(inForce.failureResponse(), request, response);
        }
    }

    private void sendFailure(FailureResponse failureResponse, ServerRequest request, ServerResponse response) {
        switch (failureResponse) {
            case NONE ->
                Json.sendError(request, response, Status.BAD_GATEWAY_502, "There is no recommendation at the moment.");
            case STATIC -> Json.send(request, response, Status.OK_200, body.of(STATIC_BOOK));
            case CACHED ->
                Json.send(
                        request,
                        response,
                        Status.OK_200,
                        lastGood.next().map(body::of).orElseGet(() -> body.of(STATIC_BOOK)));
        }
    }

    private static Map<String, AttributeValue> staticBook() {
        Map<String, AttributeValue> book = new LinkedHashMap<>();
        book.put("MediaType", AttributeValue.fromS("Book"));
        book.put("ItemId", AttributeValue.fromN("0"));
        book.put("Title", AttributeValue.fromS("404 Not Found: A Coloring Book"));
        book.put("Creator", AttributeValue.fromS("The Oatmeal"));
        return book;
    }
}
