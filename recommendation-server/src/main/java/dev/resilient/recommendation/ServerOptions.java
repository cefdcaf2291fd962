package dev.resilient.recommendation;

import java.util.List;

/**
 * The command line.
 *
 * @param host the address to listen on; 127.0.0.1 by default
 * @param port 0 to 65535, where 0 is any free port; 8080 by default
 * @param parameters what the names of the parameters begin with
 */
record ServerOptions(String host, int port, String parameters) {
    static final String USAGE =
            "usage: java -jar recommendation-server.jar [--host ADDRESS] [--port PORT] [--parameters PREFIX]";

    private static final ServerOptions DEFAULTS =
            new ServerOptions("127.0.0.1", 8080, "doc-example-resilient-architecture");

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
            case "--host" -> new ServerOptions(value, port, parameters);
            case "--port" -> new ServerOptions(host, parsePort(value), parameters);
            case "--parameters" -> new ServerOptions(host, port, value);
            default -> throw new IllegalArgumentException("there is no option %s; %s".formatted(name, USAGE));
        };
    }

    private static int parsePort(String value) {
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException("--port must be a number from 0 to 65535, but is %s".formatted(value));
    }
}
