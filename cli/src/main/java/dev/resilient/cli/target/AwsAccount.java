package dev.resilient.cli.target;

import static software.amazon.awssdk.profiles.ProfileFileSystemSetting.AWS_PROFILE;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A real AWS account, found as the AWS CLI finds it: environment, profile, or instance role. */
public final class AwsAccount implements Target {
    private static final URI WHAT_IS_MY_ADDRESS = URI.create("https://checkip.amazonaws.com/");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final String region;
    private final AwsCredentialsProvider credentials;

    private AwsAccount(String region, Optional<String> profile) {
        this.region = region;
        this.credentials = profile.<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    /**
     * The account that the environment's credentials belong to.
     *
     * @throws EnvironmentRefused if the environment names an endpoint other than AWS's, which the SDK would use instead
     */
    static AwsAccount in(Map<String, String> environment, String region) {
        if (!environment.getOrDefault(GivenEndpoint.VARIABLE, "").isBlank()) {
            throw new EnvironmentRefused(
                    GivenEndpoint.VARIABLE + " names another endpoint than AWS's: unset it to use an AWS account.");
        }
        // Who names a profile means it, whatever keys the environment holds; the default chain would prefer those.
        Optional<String> profile = Optional.ofNullable(System.getProperty(AWS_PROFILE.property()));
        profile.ifPresent(AwsAccount::require);
        return new AwsAccount(region, profile);
    }

    /** The region of the profile that the user or the environment names, or of the default one; empty if it names none. */
    public static Optional<String> regionOfProfile() {
        return profile(AWS_PROFILE.getStringValueOrThrow())
                .flatMap(profile -> profile.property(ProfileProperty.REGION));
    }

    private static void require(String name) {
        if (profile(name).isEmpty()) {
            throw new EnvironmentRefused("There is no AWS profile \"" + name + "\": `aws configure list-profiles` lists"
                    + " those that there are, and `aws configure --profile " + name + "` makes it.");
        }
    }

    private static Optional<Profile> profile(String name) {
        return ProfileFile.defaultProfileFile().profile(name);
    }

    @Override
    public String name() {
        return "aws";
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public Optional<URI> endpoint() {
        return Optional.empty();
    }

    @Override
    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    @Override
    public double pace() {
        return 1;
    }

    @Override
    public Optional<Long> realism() {
        return Optional.empty();
    }

    /** This machine's address as AWS sees it, asked over HTTPS. */
    @Override
    public String allowedCidr() {
        HttpRequest question = HttpRequest.newBuilder(WHAT_IS_MY_ADDRESS)
                .timeout(Duration.ofSeconds(10))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String address = client.send(question, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip();
            if (IPV4.matcher(address).matches()) {
                return address + "/32";
            }
            throw new EnvironmentRefused(
                    WHAT_IS_MY_ADDRESS + " did not answer with an address; name yours with --allow-cidr.");
        } catch (IOException unreachable) {
            throw new EnvironmentRefused(
                    "Cannot reach " + WHAT_IS_MY_ADDRESS
                            + " to learn this machine's address; name it with --allow-cidr.",
                    unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EnvironmentRefused("Interrupted while asking for this machine's address.", interrupted);
        }
    }

    @Override
    public int servicePort() {
        return 80;
    }

    @Override
    public void close() {
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
