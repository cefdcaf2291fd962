package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class ServerArtifactTest {
    private static final String BUCKET = "/shop-123456789012-us-west-2";
    private static final String OURS = "recommendation-server-0a.jar";
    private static final String OTHERS = "holiday.jpg";

    @TempDir
    private Path folder;

    @Test
    void an_untagged_bucket_with_something_else_in_it_is_neither_seen_nor_adopted_nor_emptied() throws IOException {
        Path jar = Files.writeString(folder.resolve("server.jar"), "jar");
        try (var aws = new FakeAws((operation, _) -> untagged(operation, OURS, OTHERS))) {
            Resource artifact = new ServerArtifact(
                    FakeEnvironment.of(aws).withServerJar(jar).make());
            assertThat(artifact.existing()).isEmpty();
            assertThat(artifact.delete()).isFalse();
            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(artifact::create)
                    .withMessageStartingWith("There is a S3 bucket named shop-123456789012-us-west-2 already");
            assertThat(aws.operations()).noneMatch(operation -> operation.startsWith("DELETE"));
            assertThat(aws.operations()).noneMatch(operation -> operation.startsWith("PUT"));
        }
    }

    @Test
    void an_untagged_bucket_with_nothing_but_servers_was_left_by_us() throws IOException {
        try (var aws = new FakeAws((operation, _) -> untagged(operation, OURS))) {
            assertThat(new ServerArtifact(FakeEnvironment.of(aws).make()).existing())
                    .containsExactly("S3 bucket shop-123456789012-us-west-2");
        }
    }

    @Test
    void an_untagged_bucket_with_nothing_in_it_was_left_by_us() throws IOException {
        try (var aws = new FakeAws((operation, _) -> untagged(operation))) {
            assertThat(new ServerArtifact(FakeEnvironment.of(aws).make()).existing())
                    .hasSize(1);
        }
    }

    @Test
    void the_guard_is_uploaded_beside_the_server_if_there_is_to_be_one() throws IOException {
        Path server = Files.writeString(folder.resolve("server.jar"), "server");
        Path guard = Files.writeString(folder.resolve("guard.jar"), "guard");
        try (var aws = new FakeAws(
                (operation, _) -> operation.startsWith("PUT ") ? new Reply(200, "") : untagged(operation))) {
            Environment plain = FakeEnvironment.of(aws).withServerJar(server).make();
            assertThat(uploads(aws, plain)).containsExactly("recommendation-server");
            Environment guarded =
                    new Environment(plain.deployment().guardedBy(guard), plain.aws(), plain.events(), plain.waiting());
            assertThat(uploads(aws, guarded))
                    .containsExactlyInAnyOrder("recommendation-server", "recommendation-server", "resilient-guard");
        }
    }

    /** The programs that were uploaded so far, after making the bucket what it should be. */
    private static List<String> uploads(FakeAws aws, Environment environment) {
        new ServerArtifact(environment).create();
        Pattern upload = Pattern.compile("PUT " + BUCKET + "/(.*)-[0-9a-f]{64}\\.jar");
        return aws.operations().stream()
                .map(upload::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .toList();
    }

    private static Reply untagged(String operation, String... keys) {
        if (operation.equals("GetCallerIdentity")) {
            return FakeEnvironment.caller(Region.US_WEST_2);
        }
        if (operation.equals("GET " + BUCKET + "?tagging")) {
            return new Reply(404, "<Error><Code>NoSuchTagSet</Code><Message>none</Message></Error>");
        }
        if (operation.startsWith("GET " + BUCKET + "?list-type=2")) {
            var list = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
            for (String key : keys) {
                list.append("<Contents><Key>").append(key).append("</Key></Contents>");
            }
            return new Reply(200, list.append("</ListBucketResult>").toString());
        }
        throw new AssertionError(operation);
    }
}
