package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Pacing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

/** The user data, run for real by bash against a metadata service and an S3 made by hand. */
class UserDataTest {
    private static final byte[] JAR = "the bytes of a jar".getBytes(StandardCharsets.UTF_8);
    private static final String BUCKET = "shop-123456789012-us-west-2";
    private static final String KEY = "recommendation-server-1.jar";
    private static final String OBJECT = "/" + BUCKET + "/" + KEY;

    @TempDir
    private Path folder;

    @Test
    void it_is_a_multi_part_text_whose_script_runs_at_every_boot() throws Exception {
        String text = new String(Base64.getDecoder().decode(userData(JAR).base64()), StandardCharsets.US_ASCII);
        assertThat(text)
                .startsWith(
                        "Content-Type: multipart/mixed; boundary=\"==RESILIENT-SERVICE==\"\nMIME-Version: 1.0\n\n--")
                .contains("Content-Type: text/cloud-config; charset=\"us-ascii\"")
                .contains("\n#cloud-config\ncloud_final_modules:\n- [scripts-user, always]\n")
                .contains("Content-Type: text/x-shellscript; charset=\"us-ascii\"")
                .endsWith("\n--==RESILIENT-SERVICE==--\n")
                .containsOnlyOnce("\n\n#!/bin/bash\n");
        assertThat(text.split("\n--==RESILIENT-SERVICE==")).hasSize(4);
    }

    @Test
    void it_fits_into_what_ec2_takes() throws Exception {
        assertThat(userData(JAR).text()).hasSizeLessThan(16 * 1024);
    }

    @Test
    void bash_finds_no_fault_with_the_script() throws Exception {
        Path script =
                Files.writeString(folder.resolve("script.sh"), userData(JAR).script());
        Process check = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(check.inputReader().readAllAsString()).isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    @Test
    void it_fetches_the_server_and_runs_it_on_the_address_of_the_instance() throws Exception {
        try (var instance = new FakeInstance(folder, OBJECT, JAR)) {
            assertThat(instance.boot(userData(JAR).script()))
                    .contains("the server speaks")
                    .endsWith("exit 0");
            Path jar = instance.home().resolve("recommendation-server.jar");
            assertThat(jar).hasBinaryContent(JAR);
            assertThat(Files.getLastModifiedTime(jar).toInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(Files.readAllLines(instance.home().resolve("arguments")))
                    .containsExactly(
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-jar",
                            jar.toString(),
                            "--host",
                            "127.31.0.7",
                            "--port",
                            "8080",
                            "--parameters",
                            "shop",
                            "--status-port",
                            "8081",
                            "--heartbeats",
                            "shop-heartbeats",
                            "--heartbeat-millis",
                            "1000");
        }
    }

    @Test
    void it_signs_the_download_with_the_credentials_of_the_role() throws Exception {
        try (var instance = new FakeInstance(folder, OBJECT, JAR)) {
            instance.boot(userData(JAR).script());
            assertThat(instance.downloadHeader("Authorization"))
                    .startsWith("AWS4-HMAC-SHA256 Credential=ASIAIOSFODNN7EXAMPLE/")
                    .contains("/us-west-2/s3/aws4_request")
                    .containsPattern("SignedHeaders=[^,]*x-amz-content-sha256[^,]*x-amz-security-token");
            assertThat(instance.downloadHeader("X-amz-security-token")).isEqualTo(FakeInstance.SESSION);
            assertThat(instance.downloadHeader("X-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
        }
    }

    @Test
    void it_tells_no_secret() throws Exception {
        try (var instance = new FakeInstance(folder, OBJECT, JAR)) {
            instance.refuse(1);
            assertThat(instance.boot(userData(JAR).script()))
                    .contains("could not fetch " + KEY + " yet (attempt 1)")
                    .doesNotContain(FakeInstance.SECRET, FakeInstance.SESSION, FakeInstance.TOKEN);
        }
    }

    @Test
    void it_comes_back_from_a_reboot_with_credentials_that_may_not_fetch_anything() throws Exception {
        try (var instance = new FakeInstance(folder, OBJECT, JAR)) {
            instance.boot(userData(JAR).script());
            instance.refuse(Integer.MAX_VALUE);
            Files.delete(instance.home().resolve("arguments"));
            assertThat(instance.boot(userData(JAR).script()))
                    .contains("the server is here already")
                    .contains("the server speaks")
                    .endsWith("exit 0");
            assertThat(instance.downloads()).isEqualTo(1);
        }
    }

    @Test
    void it_fetches_a_server_that_was_tampered_with_again() throws Exception {
        try (var instance = new FakeInstance(folder, OBJECT, JAR)) {
            Path jar = Files.writeString(instance.home().resolve("recommendation-server.jar"), "something else");
            assertThat(instance.boot(userData(JAR).script())).endsWith("exit 0");
            assertThat(jar).hasBinaryContent(JAR);
        }
    }

    @Test
    void it_runs_nothing_but_what_was_deployed() throws Exception {
        try (var instance = new FakeInstance(folder, OBJECT, "another jar".getBytes(StandardCharsets.UTF_8))) {
            assertThat(instance.boot(userData(JAR).script()))
                    .contains(KEY + " in the bucket " + BUCKET + " is not what was deployed")
                    .doesNotContain("the server speaks")
                    .endsWith("exit 1");
            assertThat(instance.home().resolve("recommendation-server.jar")).doesNotExist();
        }
    }

    @Test
    void it_runs_a_guard_beside_the_server_if_there_is_to_be_one() throws Exception {
        UserData alone = userData(JAR);
        // The same object will do: what is fetched is told by its checksum.
        UserData guarded = new UserData(alone.deployment(), alone.jar(), Optional.of(alone.jar()));
        assertThat(guarded.text()).hasSizeLessThan(16 * 1024);
        try (var instance = new FakeInstance(folder, OBJECT, JAR)) {
            assertThat(instance.boot(guarded.script() + "\nwait\n")).contains("starting the guard", "exit 0");
            Path jar = instance.home().resolve("resilient-guard.jar");
            assertThat(jar).hasBinaryContent(JAR);
            assertThat(Files.readAllLines(instance.home().resolve("arguments.guard")))
                    .containsExactly(
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx64m",
                            "-jar",
                            jar.toString(),
                            "shop",
                            "us-west-2",
                            "10.0",
                            "i-0123456789abcdef0");
            assertThat(instance.home().resolve("recommendation-server.jar")).exists();
        }
    }

    private static UserData userData(byte[] jar) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        return new UserData(deployment(), new UserData.Jar(BUCKET, KEY, sha256), Optional.empty());
    }

    private static Deployment deployment() {
        return new Deployment(
                "shop",
                Region.US_WEST_2,
                8080,
                Optional.empty(),
                "127.0.0.1/32",
                Path.of("server.jar"),
                new Pacing(10));
    }
}
