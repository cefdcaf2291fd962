package dev.resilient.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSettingsTest {
    private static final LocalSettings SETTINGS = new LocalSettings("us-west-2", 10);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-west-2",
                "eu-central-1",
                "us-gov-west-1",
                "us-iso-east-1",
                "eusc-de-east-1",
                "ap-southeast-12"
            })
    void regions_of_every_partition_are_accepted(String region) {
        assertThat(new LocalSettings(region, 1).region()).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "us-west", "us-west-2a", "US-WEST-2", "us_west_2", "us-west-2 ", "us-west-2\n", "../x-1"
            })
    void anything_else_is_no_region(String region) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocalSettings(region, 1))
                .withMessageContaining("\"" + region + "\"");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 100})
    void a_pace_from_1_to_100_is_accepted(double pace) {
        assertThat(new LocalSettings("us-west-2", pace).pace()).isEqualTo(pace);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.999, 100.001, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE})
    void any_other_pace_is_refused(double pace) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocalSettings("us-west-2", pace))
                .withMessageContaining("--pace");
    }

    @Test
    void the_environment_may_name_an_endpoint() {
        assertThat(GivenEndpoint.in(Map.of(), SETTINGS)).isEmpty();
        assertThat(GivenEndpoint.in(Map.of("AWS_ENDPOINT_URL", ""), SETTINGS)).isEmpty();
        Target target = GivenEndpoint.in(Map.of("AWS_ENDPOINT_URL", " http://127.0.0.1:4566 "), SETTINGS)
                .orElseThrow();
        assertThat(target.endpoint()).contains(URI.create("http://127.0.0.1:4566"));
        target.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:4566", "localhost", "http://", "ftp://127.0.0.1", "http:///x", "http://a b", "http:x"
            })
    void an_endpoint_that_is_no_address_is_one_sentence(String address) {
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> GivenEndpoint.in(Map.of("AWS_ENDPOINT_URL", address), SETTINGS))
                .withMessageStartingWith("AWS_ENDPOINT_URL is no address")
                .withMessageContaining(address);
    }

    @Test
    void an_account_behind_another_endpoint_is_refused() {
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> AwsAccount.in(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"), "us-west-2"))
                .withMessageContaining("unset it");
        try (AwsAccount account = AwsAccount.in(Map.of("AWS_ENDPOINT_URL", " "), "us-west-2")) {
            assertThat(account.endpoint()).isEmpty();
        }
    }

    @Test
    void a_cache_in_a_folder_with_a_space_stays_one_option() {
        assertThat(ServerFiles.javaOptions("-XX:AOTCache", Path.of("/my files/server.aot")))
                .containsEntry(
                        "JDK_JAVA_OPTIONS", "-XX:AOTCache=\"/my files/server.aot\" -Xlog:aot*=off -Xlog:cds*=off");
    }
}
