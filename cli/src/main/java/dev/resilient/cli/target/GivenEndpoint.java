package dev.resilient.cli.target;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The endpoint that {@code AWS_ENDPOINT_URL} names: a local cloud that somebody else started. */
public final class GivenEndpoint implements LocalTarget {
    static final String VARIABLE = "AWS_ENDPOINT_URL";

    private final URI endpoint;
    private final LocalSettings settings;
    private final DefaultCredentialsProvider credentials =
            DefaultCredentialsProvider.builder().build();

    private GivenEndpoint(URI endpoint, LocalSettings settings) {
        this.endpoint = endpoint;
        this.settings = settings;
    }

    /** The endpoint that the environment names; empty if it names none. */
    static Optional<Target> in(Map<String, String> environment, LocalSettings settings) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(address -> !address.isBlank())
                .map(address -> new GivenEndpoint(parse(address.strip()), settings));
    }

    private static URI parse(String address) {
        try {
            URI endpoint = new URI(address);
            if (endpoint.getHost() != null && List.of("http", "https").contains(endpoint.getScheme())) {
                return endpoint;
            }
            throw new URISyntaxException(address, "it needs http:// or https:// and a host");
        } catch (URISyntaxException malformed) {
            throw new EnvironmentRefused(
                    VARIABLE + " is no address like http://127.0.0.1:4566, but \"" + address + "\".", malformed);
        }
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
    public Optional<Long> realism() {
        return Optional.empty();
    }

    @Override
    public void close() {
        credentials.close();
    }
}
