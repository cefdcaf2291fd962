package dev.resilient.process;

import dev.resilient.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the machine that instances run on gives to each of them.
 *
 * @param directory where the files of instances are
 * @param javaHome the JDK whose {@code bin} comes first in the instances' {@code PATH}
 * @param environment further variables of every instance, asked at each boot
 * @param patience between TERM and KILL when an instance is ended; whole seconds
 */
public record Host(
        Path directory, Path javaHome, Supplier<Map<String, String>> environment, Duration patience, TimeSource time) {
    private static final Logger log = LoggerFactory.getLogger(Host.class);
    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Tells the SDKs and the AWS CLI where the metadata service of their instance is. */
    private static final String METADATA_ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

    /** One of the scripts beside this class. */
    static String script(String name) {
        try (InputStream script = Objects.requireNonNull(Host.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    InstanceFiles files(String instanceId) {
        return new InstanceFiles(directory.resolve("instances").resolve(instanceId));
    }

    /** Deletes what the instances of an earlier cloud have left, should that have been killed. */
    public void removeAbandoned() {
        try {
            new InstanceFiles(directory.resolve("instances")).delete();
        } catch (IOException | UncheckedIOException inUse) {
            log.info("left in {}: {}", directory, inUse.getMessage());
        }
    }

    /** All variables of an instance; nothing is inherited from this JVM. */
    Map<String, String> environment(Path home, String metadataEndpoint) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", javaHome.resolve("bin") + ":" + SYSTEM_PATH);
        variables.put("HOME", home.toString());
        variables.put("LANG", "C.UTF-8");
        variables.putAll(environment.get());
        // The AWS CLI of Debian 12 puts nothing between the endpoint and the path.
        variables.put(METADATA_ENDPOINT, metadataEndpoint + "/");
        return variables;
    }
}
