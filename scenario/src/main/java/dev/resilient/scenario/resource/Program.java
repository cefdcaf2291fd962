package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.ScenarioException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A program that instances download and run. What its key in the bucket begins with stays the same when another one is deployed. */
record Program(String name, Path jar) {
    private static final String SERVER = "recommendation-server";
    private static final String GUARD = "resilient-guard";

    /** The recommendation server, which runs on every instance. */
    static Program server(Deployment deployment) {
        return new Program(SERVER, deployment.serverJar());
    }

    /** The guard, if one is to run on each instance. */
    static Optional<Program> guard(Deployment deployment) {
        return deployment.guardJar().map(jar -> new Program(GUARD, jar));
    }

    /** Whether an object of this key is a program of ours. */
    static boolean isKey(String key) {
        return key.startsWith(SERVER + "-") || key.startsWith(GUARD + "-");
    }

    /** The pattern of the keys of every server. */
    static String keysOfServers() {
        return SERVER + "-*";
    }

    /** The pattern of the keys of every guard. */
    static String keysOfGuards() {
        return GUARD + "-*";
    }

    /** The SHA-256 of the jar, in lower-case hexadecimal digits. */
    String sha256() {
        try (InputStream content = Files.newInputStream(jar);
                var digesting = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException unreadable) {
            throw new ScenarioException(
                    "The jar of the %s cannot be read from %s: build the project first."
                            .formatted(name.replace('-', ' '), jar),
                    unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The key of the jar in the bucket. */
    String key() {
        return name + "-" + sha256() + ".jar";
    }
}
