package dev.resilient.recommendation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line.
 *
 * @param host the address to listen on; 127.0.0.1 by default
 * @param port 0 to 65535, where 0 is any free port; 8080 by default
 * @param parameters what the names of the parameters begin with
 * @param statusPort the port of {@code /status}, 0 to 65535; by default it is not served
 * @param heartbeats the table to write heartbeats to; by default none are written
 * @param heartbeatPeriod the pause between two of them; 10 seconds by default
 */
record ServerOptions(
        String host,
        int port,
        String parameters,
        OptionalInt statusPort,
        Optional<String> heartbeats,
        Duration heartbeatPeriod) {
    static final String USAGE = "usage: java -jar recommendation-server.jar [--host ADDRESS] [--port PORT]"
            + " [--parameters PREFIX] [--status-port PORT] [--heartbeats TABLE] [--heartbeat-millis MILLISECONDS]";

    static final ServerOptions DEFAULTS = new ServerOptions(
            "127.0.0.1",
            8080,
            "doc-example-resilient-architecture",
            OptionalInt.empty(),
            Optional.empty(),
            Duration.ofSeconds(10));

    /**
     * Reads {@code --name value} pairs, in any order; the last of several wins.
     *
     * @throws IllegalArgumentException if the arguments mean nothing; its message is for the user
     */
    static ServerOptions parse(List<String> arguments) {
        ServerOptions options = DEFAULTS;
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            if (value.isBlank()) {
                throw new IllegalArgumentException("%s needs a value; %s".formatted(name, USAGE));
            }
            options = options.with(name, value);
        }
        return options;
    }

    private ServerOptions with(String name, String value) {
        return switch (name) {
            case "--host" -> new ServerOptions(value, port, parameters, statusPort, heartbeats, heartbeatPeriod);
            case "--port" -> withPort(parsePort(name, value));
            case "--parameters" -> new ServerOptions(host, port, value, statusPort, heartbeats, heartbeatPeriod);
            case "--status-port" ->
                new ServerOptions(
                        host, port, parameters, OptionalInt.of(parsePort(name, value)), heartbeats, heartbeatPeriod);
            case "--heartbeats" ->
                new ServerOptions(host, port, parameters, statusPort, Optional.of(value), heartbeatPeriod);
            case "--heartbeat-millis" ->
                new ServerOptions(host, port, parameters, statusPort, heartbeats, parseMillis(value));
            default -> throw new IllegalArgumentException("there is no option %s; %s".formatted(name, USAGE));
        };
    }

    /** The same on another port. */
    ServerOptions withPort(int other) {
        return new ServerOptions(host, other, parameters, statusPort, heartbeats, heartbeatPeriod);
    }

    private static int parsePort(String name, String value) {
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException("%s must be a number from 0 to 65535, but is %s".formatted(name, value));
    }

    private static Duration parseMillis(String value) {
        if (value.matches("\\d{1,7}") && Integer.parseInt(value) >= 50) {
            return Duration.ofMillis(Integer.parseInt(value));
        }
        throw new IllegalArgumentException(
                "--heartbeat-millis must be a number from 50 to 9999999, but is %s".formatted(value));
    }
}
