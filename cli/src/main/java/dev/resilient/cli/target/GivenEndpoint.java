package dev.resilient.cli.target;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The endpoint that {@code AWS_ENDPOINT_URL} names: a local cloud that somebody else started. */
public final class GivenEndpoint implements Target {
    private static final String VARIABLE = "AWS_ENDPOINT_URL";

    private final URI endpoint;
    private final LocalSettings settings;
    private final DefaultCredentialsProvider credentials =
            DefaultCredentialsProvider.builder().build();

    private GivenEndpoint(URI endpoint, LocalSettings settings) {
        this.endpoint = endpoint;
        this.settings = settings;
    }

    /** The endpoint that the environment names; empty if it names none. */
    static Optional<Target> fromEnvironment(LocalSettings settings) {
        String address = System.getenv(VARIABLE);
        if (address == null || address.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GivenEndpoint(URI.create(address), settings));
        } catch (IllegalArgumentException malformed) {
            throw new EnvironmentRefused(VARIABLE + " is no address: " + address + ".", malformed);
        }
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String region() {
        return settings.region();
    }

    @Override
    public Optional<URI> endpoint() {
        return Optional.of(endpoint);
    }

    @Override
    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    @Override
    public double pace() {
        return settings.pace();
    }

    @Override
    public String allowedCidr() {
        return LocalSettings.LOOPBACK;
    }

    @Override
    public int servicePort() {
        return Ports.forHttp();
    }

    @Override
    public void close() {
        credentials.close();
    }
}
