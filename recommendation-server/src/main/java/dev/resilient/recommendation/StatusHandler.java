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

/**
 * {@code GET /status}: the server's own view of itself, for those who look after it. It is served on a port of its own, which the
 * load balancer does not forward to, since it says more than the public should know.
 */
final class StatusHandler implements Handler {
    private final JsonFactory json = new JsonFactory();
    private final InstanceIdentity instance;
    private final ParameterWatcher parameters;
    private final CurrentTable tables;
    private final LastGood lastGood;

    StatusHandler(InstanceIdentity instance, ParameterWatcher parameters, CurrentTable tables, LastGood lastGood) {
        this.instance = instance;
        this.parameters = parameters;
        this.tables = tables;
        this.lastGood = lastGood;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Json.send(request, response, Status.OK_200, body());
    }

    private byte[] body() {
        ServiceParameters inForce = parameters.current();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(body)) {
            generator.writeStartObject();
            generator.writeStringField("version", Version.RUNNING);
            generator.writeStringField("instanceId", instance.instanceId());
            generator.writeStringField("zone", instance.availabilityZone());
            generator.writeObjectFieldStart("table");
            generator.writeStringField("name", inForce.table());
            generator.writeStringField("circuit", tables.of(inForce).circuit());
            writeAge(generator, "lastGoodMillisAgo", lastGood.sinceItWorked());
            generator.writeEndObject();
            generator.writeObjectFieldStart("parameters");
            generator.writeStringField("failureResponse", Json.lowerCase(inForce.failureResponse()));
            generator.writeStringField("healthCheck", Json.lowerCase(inForce.healthCheck()));
            generator.writeStringField("timeLimits", Json.lowerCase(inForce.timeLimits()));
            writeAge(generator, "readMillisAgo", parameters.age());
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
