package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server as a process of its own, which knows where AWS is from the environment alone. */
class ServerProcessTest {

    @Test
    void the_environment_says_where_aws_is_and_sigterm_ends_the_server_well() throws Exception {
        try (FakeAws aws = new FakeAws();
                HttpClient client = HttpClient.newHttpClient()) {
            aws.putBook(1, "Emma");
            Process server = start(aws, "--port", "0");
            try (BufferedReader log = server.errorReader()) {
                String line = lineWith("listening on", log);
                assertThat(line)
                        .contains("INFO listening on 127.0.0.1:", "i-0e4b7104cfaf8e056", "us-west-2c", "us-west-2");
                URI address = URI.create("http://" + line.replaceFirst(".*listening on (\\S+) .*", "$1") + "/");

                HttpResponse<String> response =
                        client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(response.body()).contains("Emma");

                server.toHandle().destroy();
                assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(server.exitValue()).isZero();
                assertThat(log.lines().toList()).noneMatch(each -> each.contains("fake-secret"));
            } finally {
                server.destroyForcibly().waitFor();
            }
            assertThat(aws.violations()).isEmpty();
        }
    }

    @Test
    void wrong_usage_is_one_sentence_and_exit_code_2() throws Exception {
        try (FakeAws aws = new FakeAws()) {
            Process server = start(aws, "--speed", "11");
            try (BufferedReader log = server.errorReader()) {
                assertThat(log.lines().toList())
                        .singleElement()
                        .asString()
                        .startsWith("there is no option --speed; usage:");
            }
            assertThat(server.waitFor()).isEqualTo(2);
        }
    }

    @Test
    void an_address_that_is_taken_is_one_sentence_and_exit_code_1() throws Exception {
        try (FakeAws aws = new FakeAws()) {
            Process server = start(aws, "--port", String.valueOf(aws.endpoint().getPort()));
            try (BufferedReader log = server.errorReader()) {
                assertThat(log.lines().toList()).last().asString().startsWith("cannot start: ");
            }
            assertThat(server.waitFor()).isEqualTo(1);
        }
    }

    private static Process start(FakeAws aws, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecommendationServer.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        builder.environment()
                .put("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.endpoint().toString());
        return builder.start();
    }

    private static String lineWith(String text, BufferedReader log) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            seen.add(line);
        }
        throw new AssertionError("the server ended: " + seen);
    }
}
