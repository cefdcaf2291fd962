package dev.resilient.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static software.amazon.awssdk.profiles.ProfileFileSystemSetting.AWS_CONFIG_FILE;
import static software.amazon.awssdk.profiles.ProfileFileSystemSetting.AWS_PROFILE;
import static software.amazon.awssdk.profiles.ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

class AwsAccountTest {
    @TempDir
    private Path files;

    @BeforeEach
    void haveTwoProfiles() throws IOException {
        Path config = Files.writeString(files.resolve("config"), """
            [default]
            region = ap-south-1
            [profile deployer]
            region = eu-central-1
            [profile nowhere]
            output = json
            """);
        Path credentials = Files.writeString(files.resolve("credentials"), """
            [deployer]
            aws_access_key_id = AKIDEXAMPLE
            aws_secret_access_key = secret
            """);
        System.setProperty(AWS_CONFIG_FILE.property(), config.toString());
        System.setProperty(AWS_SHARED_CREDENTIALS_FILE.property(), credentials.toString());
    }

    @AfterEach
    void haveNone() {
        Stream.of(AWS_PROFILE, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE)
                .map(ProfileFileSystemSetting::property)
                .forEach(System::clearProperty);
    }

    @Test
    void the_credentials_are_those_of_the_profile_that_is_named() {
        System.setProperty(AWS_PROFILE.property(), "deployer");
        try (AwsAccount account = AwsAccount.in(Map.of(), "eu-central-1")) {
            assertThat(account.credentials().resolveCredentials().accessKeyId()).isEqualTo("AKIDEXAMPLE");
        }
    }

    @Test
    void a_profile_may_name_a_region() {
        assertThat(AwsAccount.regionOfProfile()).contains("ap-south-1");
        System.setProperty(AWS_PROFILE.property(), "deployer");
        assertThat(AwsAccount.regionOfProfile()).contains("eu-central-1");
        System.setProperty(AWS_PROFILE.property(), "nowhere");
        assertThat(AwsAccount.regionOfProfile()).isEmpty();
        System.setProperty(AWS_PROFILE.property(), "absent");
        assertThat(AwsAccount.regionOfProfile()).isEmpty();
    }

    @Test
    void an_absent_profile_is_refused_at_once() {
        System.setProperty(AWS_PROFILE.property(), "absent");
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> AwsAccount.in(Map.of(), "eu-central-1"))
                .withMessageStartingWith("There is no AWS profile \"absent\"");
    }

    @Test
    void an_account_is_not_where_an_endpoint_is_named() {
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> AwsAccount.in(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"), "eu-central-1"))
                .withMessageContaining("unset it");
    }
}
