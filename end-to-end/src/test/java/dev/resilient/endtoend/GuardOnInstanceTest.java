package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards that run where the servers do, from the jar that instances download, with what the instances' role may do. */
class GuardOnInstanceTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path home;

    private Product product;

    @AfterEach
    void endTheCloud() {
        product.run("cloud", "stop", "--delete");
    }

    @Test
    void one_of_the_guards_on_the_instances_has_an_instance_replaced_whose_server_is_gone() {
        deploy();
        List<String> before = healthy();
        assertThat(before).hasSize(3);

        ProcessHandle server = servers().getFirst();
        server.destroyForcibly();

        await("an instance is replaced").atMost(LIMIT).until(() -> {
            List<String> now = healthy();
            return now.size() == 3 && !now.equals(before);
        });
        assertThat(healthy()).filteredOn(before::contains).hasSize(2);
        Product.Outcome destroyed = product.run("destroy");
        assertThat(destroyed.status()).as("%s", destroyed.output()).isZero();
        assertThat(product.data()).isEmptyDirectory();
    }

    @Test
    void guards_stand_back_while_the_phases_of_the_article_are_played() {
        deploy();
        Product.Outcome drilled = product.run("drill", "replace-instance");
        assertThat(drilled.status())
                .as("%s%n%s", drilled.output(), drilled.errors())
                .isZero();
        assertThat(status().path("replacement").textValue()).isEqualTo("heartbeat");
    }

    private void deploy() {
        product = new Product(home);
        Product.Outcome deployed = product.run("deploy", "--replace", "heartbeat", "--guard", "instance");
        assertThat(deployed.status())
                .as("%s%n%s", deployed.output(), deployed.errors())
                .isZero();
        await("a guard has the lease")
                .atMost(LIMIT)
                .until(() -> status().path("alarm").textValue().isEmpty());
        assertThat(status().path("replacement").textValue()).isEqualTo("heartbeat");
    }

    private JsonNode status() {
        try {
            return new ObjectMapper().readTree(product.run("status", "--json").output());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> healthy() {
        List<String> healthy = new ArrayList<>();
        status().path("targets").forEach(target -> {
            if (target.textValue().endsWith(" healthy")) {
                healthy.add(target.textValue());
            }
        });
        return healthy;
    }

    /** Those of this test's cloud, whose instances live in its folder. */
    private List<ProcessHandle> servers() {
        String folder = product.data().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder) && line.contains("recommendation-server.jar --host"))
                        .isPresent())
                .toList();
    }
}
