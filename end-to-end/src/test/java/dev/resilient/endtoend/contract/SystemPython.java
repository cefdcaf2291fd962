package dev.resilient.endtoend.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Python that the system's packages belong to; the first on the path may be another, with none of them. */
final class SystemPython {
    private static final String PYTHON = "/usr/bin/python3";

    private SystemPython() {}

    /** Fails with what to do unless the AWS CLI and boto3 are installed. */
    static void require() {
        if (!Files.isExecutable(Path.of(PYTHON)) || !imports("boto3, awscli.clidriver")) {
            throw new AssertionError(
                    "The tests of other clients need the packages awscli and python3-boto3 of the system," + " for "
                            + PYTHON + ": install them, or let ./verify do it as root.");
        }
    }

    /**
     * A script among the resources of the tests, ready to be started. It is told how to reach the endpoint, and nothing of the
     * user who runs the tests.
     */
    static ProcessBuilder script(Endpoint endpoint, String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PYTHON, path(name).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(endpoint.environment());
        environment.put("HOME", endpoint.product().home().toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TZ", "UTC");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return builder;
    }

    private static Path path(String name) {
        try {
            URL resource = Objects.requireNonNull(SystemPython.class.getResource("/clients/" + name), name);
            return Path.of(resource.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean imports(String modules) {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import " + modules)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
