package dev.resilient.endtoend.contract;

import dev.resilient.endtoend.Product;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A local cloud started as a user would start it, in a home folder of its own.
 *
 * @param environment what {@code cloud env} exports, and thus all that a client needs to know
 */
record Endpoint(Product product, Map<String, String> environment) implements AutoCloseable {

    /** Starts a cloud; returns when it answers. */
    static Endpoint start(Path home) {
        Product product = new Product(home);
        succeed(product, "cloud", "start");
        Map<String, String> environment = new HashMap<>();
        succeed(product, "cloud", "env").lines().forEach(line -> {
            String[] variable = line.substring("export ".length()).split("=", 2);
            environment.put(variable[0], variable[1]);
        });
        return new Endpoint(product, Map.copyOf(environment));
    }

    /** The value of a variable that {@code cloud env} exports. */
    String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new AssertionError(name + " is not among " + environment.keySet());
        }
        return value;
    }

    /** Ends the cloud and deletes its folder. */
    @Override
    public void close() {
        succeed(product, "cloud", "stop", "--delete");
    }

    private static String succeed(Product product, String... arguments) {
        Product.Outcome outcome = product.run(arguments);
        if (outcome.status() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": " + outcome.output() + outcome.errors());
        }
        return outcome.output();
    }
}
