package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an instance runs when it boots: one bash script for the local cloud and for AWS, in cloud-init's MIME multi-part form. The
 * first part has the second one, the script, run at every boot and not only at the first: a reboot is how an instance takes up new
 * credentials, and the server has to come back from it.
 *
 * <p>The script itself is the resource {@code boot-server.sh}; only its settings come from here. They hold nothing that quoting would
 * be needed for, since all names derive from a validated one.
 */
record UserData(Deployment deployment, Jar jar, Optional<Jar> guard) {
    private static final int LAST_PORT = 65_535;
    private static final String BOUNDARY = "==RESILIENT-SERVICE==";

    /**
     * Where a program's jar is.
     *
     * @param sha256 of its content, in lower-case hexadecimal digits
     */
    record Jar(String bucket, String key, String sha256) {}

    /** The whole text as a launch template takes it. */
    String base64() {
        return Base64.getEncoder().encodeToString(text().getBytes(StandardCharsets.US_ASCII));
    }

    /** The whole text. */
    String text() {
        return """
            Content-Type: multipart/mixed; boundary="%1$s"
            MIME-Version: 1.0

            --%1$s
            Content-Type: text/cloud-config; charset="us-ascii"
            MIME-Version: 1.0
            Content-Transfer-Encoding: 7bit
            Content-Disposition: attachment; filename="cloud-config.txt"

            #cloud-config
            cloud_final_modules:
            - [scripts-user, always]

            --%1$s
            Content-Type: text/x-shellscript; charset="us-ascii"
            MIME-Version: 1.0
            Content-Transfer-Encoding: 7bit
            Content-Disposition: attachment; filename="boot-server.sh"

            %2$s
            --%1$s--
            """.formatted(BOUNDARY, script());
    }

    /** The script alone. */
    String script() {
        String settings = settings().entrySet().stream()
                .map(setting -> setting.getKey() + "='" + setting.getValue() + "'")
                .collect(Collectors.joining("\n"));
        return "#!/bin/bash\n" + settings + "\n\n" + body();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("DEPLOYMENT", deployment.name());
        settings.put("PORT", String.valueOf(deployment.servicePort()));
        settings.put("BUCKET", jar.bucket());
        settings.put("KEY", jar.key());
        settings.put("SHA256", jar.sha256());
        settings.put("PARAMETERS", deployment.names().parameterPrefix());
        settings.put("STATUS_PORT", String.valueOf(statusPort()));
        settings.put("HEARTBEATS", deployment.names().heartbeats());
        settings.put(
                "HEARTBEAT_MILLIS",
                String.valueOf(deployment.pacing().heartbeatPeriod().toMillis()));
        guard.ifPresent(own -> {
            settings.put("GUARD_KEY", own.key());
            settings.put("GUARD_SHA256", own.sha256());
            settings.put("PACE", String.valueOf(deployment.pacing().factor()));
        });
        return settings;
    }

    /** Beside the service's own; nobody is let in there from outside. */
    private int statusPort() {
        return deployment.servicePort() == LAST_PORT ? LAST_PORT - 1 : deployment.servicePort() + 1;
    }

    private static String body() {
        try (InputStream file =
                Objects.requireNonNull(UserData.class.getResourceAsStream("boot-server.sh"), "boot-server.sh")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the boot script", unreadable);
        }
    }
}
