package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The acts one by one, on a local cloud in the background; and two users of one machine. */
class CommandsTest {
    @TempDir
    private Path home;

    /** A test that failed in the middle must not leave its cloud running. */
    @AfterEach
    void endTheCloud() {
        new Product(home).run("cloud", "stop", "--delete");
    }

    @Test
    void deploy_status_demo_and_destroy_work_one_by_one() throws Exception {
        Product product = new Product(home);

        assertSuccess(product.run("deploy"));
        JsonNode status =
                new ObjectMapper().readTree(product.run("status", "--json").output());
        URI endpoint = URI.create(status.path("endpoint").textValue());
        assertThat(status.path("targets")).hasSize(3).allSatisfy(target -> assertThat(target.textValue())
                .endsWith(" healthy"));
        assertThat(get(endpoint).statusCode()).isEqualTo(200);

        Product.Outcome demo = product.run("demo", "--auto", "--json");
        assertSuccess(demo);
        assertThat(new ObjectMapper().readTree(demo.output()).path("held").booleanValue())
                .isTrue();

        Product.Outcome last = product.run("demo", "--auto", "--json", "--from", "fail-open");
        assertSuccess(last);
        assertThat(new ObjectMapper().readTree(last.output()).findValuesAsText("id"))
                .containsExactly("fail-open");

        Product.Outcome destroy = product.run("destroy");
        assertSuccess(destroy);
        assertThat(destroy.output()).contains("Nothing is left.");
        assertThat(product.data()).isEmptyDirectory();
    }

    @Test
    void a_deployment_outlives_the_death_of_its_cloud() throws Exception {
        Product product = new Product(home);
        assertSuccess(product.run("deploy"));
        JsonNode before = status(product);

        killTheCloud(product);
        // The next command starts the cloud again; its group replaces the instances.
        await().atMost(Duration.ofMinutes(2)).until(() -> allHealthy(status(product)));

        JsonNode after = status(product);
        assertThat(after.path("endpoint")).isEqualTo(before.path("endpoint"));
        assertThat(get(URI.create(after.path("endpoint").textValue())).statusCode())
                .isEqualTo(200);
        assertSuccess(product.run("destroy"));
        assertThat(product.data()).isEmptyDirectory();
    }

    private static void killTheCloud(Product product) throws Exception {
        JsonNode state = new ObjectMapper()
                .readTree(product.data().resolve("cloud/cloud.json").toFile());
        ProcessHandle cloud = ProcessHandle.of(state.path("pid").longValue()).orElseThrow();
        cloud.destroyForcibly();
        cloud.onExit().get(1, TimeUnit.MINUTES);
    }

    private static JsonNode status(Product product) throws Exception {
        return new ObjectMapper().readTree(product.run("status", "--json").output());
    }

    private static boolean allHealthy(JsonNode status) {
        List<String> targets = new ArrayList<>();
        status.path("targets").forEach(target -> targets.add(target.textValue()));
        return targets.stream().filter(target -> target.endsWith(" healthy")).count() == 3;
    }

    @Test
    void other_programs_find_the_cloud_through_its_environment() throws Exception {
        Product product = new Product(home);
        assertSuccess(product.run("cloud", "start"));

        Product.Outcome environment = product.run("cloud", "env");
        assertThat(environment.output().lines()).hasSize(5).allMatch(line -> line.matches("export AWS_[A-Z_]+=\\S+"));
        assertThat(product.run("cloud", "start").status()).isEqualTo(3);
        assertThat(product.run("cloud", "status").status()).isZero();

        assertSuccess(product.run("cloud", "stop", "--delete"));
        assertThat(product.data()).isEmptyDirectory();
    }

    @Test
    void of_two_starts_at_once_one_starts_the_cloud_and_the_other_says_so() throws Exception {
        String data = home.resolve("a cloud").toString();
        Product one = new Product(home.resolve("one"));
        Product other = new Product(home.resolve("other"));
        one.home().toFile().mkdir();
        other.home().toFile().mkdir();
        try {
            Process first = one.start("cloud", "start", "--data", data);
            Process second = other.start("cloud", "start", "--data", data);

            assertThat(List.of(first.waitFor(), second.waitFor())).containsExactlyInAnyOrder(0, 3);
            assertThat(one.output() + other.output())
                    .containsOnlyOnce("The local cloud answers at")
                    .contains("eval \"$(resilient cloud env --data '" + data + "')\"");
            assertThat(one.errors() + other.errors())
                    .contains("A local cloud runs on " + data + " already, at http://");
        } finally {
            one.run("cloud", "stop", "--delete", "--data", data);
        }
    }

    @Test
    void two_runs_at_once_do_not_meet() throws Exception {
        Product one = new Product(home.resolve("one"));
        Product other = new Product(home.resolve("other"));
        one.home().toFile().mkdir();
        other.home().toFile().mkdir();

        Process first = one.start("run", "--auto");
        Process second = other.start("run", "--auto");

        assertThat(first.waitFor(4, TimeUnit.MINUTES)).as(one.output()).isTrue();
        assertThat(second.waitFor(4, TimeUnit.MINUTES)).as(other.output()).isTrue();
        assertThat(first.exitValue()).as(one.output()).isZero();
        assertThat(second.exitValue()).as(other.output()).isZero();
    }

    private static void assertSuccess(Product.Outcome outcome) {
        assertThat(outcome.status())
                .as("%s%n%s", outcome.output(), outcome.errors())
                .isZero();
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
