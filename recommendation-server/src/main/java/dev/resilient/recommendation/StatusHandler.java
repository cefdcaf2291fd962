package dev.resilient.recommendation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /status}: the server's own view of itself, for those who look after it. It is served on a port of its own, which the
 * load balancer does not forward to, since it says more than the public should know. {@link Heartbeats} carry the same to those who
 * cannot reach that port.
 */
final class StatusHandler implements Handler {
    private final JsonFactory json = new JsonFactory();
    private final InstanceIdentity instance;
    private final Supplier<OwnView> own;

    /** @param own asked for each request */
    StatusHandler(InstanceIdentity instance, Supplier<OwnView> own) {
        this.instance = instance;
        this.own = own;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Json.send(request, response, Status.OK_200, body());
    }

    private byte[] body() {
        OwnView view = own.get();
        ServiceParameters inForce = view.parameters();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(body)) {
            generator.writeStartObject();
            generator.writeStringField("version", Version.RUNNING);
            generator.writeStringField("instanceId", instance.instanceId());
            generator.writeStringField("zone", instance.availabilityZone());
            generator.writeObjectFieldStart("table");
            generator.writeStringField("name", inForce.table());
            generator.writeStringField("circuit", view.circuit());
            writeAge(generator, "lastGoodMillisAgo", view.sinceLastGood());
            generator.writeEndObject();
            generator.writeObjectFieldStart("parameters");
            generator.writeStringField("failureResponse", Json.lowerCase(inForce.failureResponse()));
            generator.writeStringField("healthCheck", Json.lowerCase(inForce.healthCheck()));
            generator.writeStringField("timeLimits", Json.lowerCase(inForce.timeLimits()));
            writeAge(generator, "readMillisAgo", view.sinceParametersRead());
            generator.writeEndObject();
            generator.writeEndObject();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return body.toByteArray();
    }

    /** Null is said, rather than left out: it never happened. */
    private static void writeAge(JsonGenerator generator, String name, Optional<Duration> age) throws IOException {
        if (age.isPresent()) {
            generator.writeNumberField(name, age.get().toMillis());
        } else {
            generator.writeNullField(name);
        }
    }
}
