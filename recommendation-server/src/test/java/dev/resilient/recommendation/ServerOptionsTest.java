package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {

    @Test
    void the_defaults_are_local_and_the_names_of_the_article() {
        assertThat(ServerOptions.parse(List.of()))
                .isEqualTo(new ServerOptions(
                        "127.0.0.1",
                        8080,
                        "doc-example-resilient-architecture",
                        OptionalInt.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10)));
    }

    @Test
    void each_option_counts_in_any_order() {
        String[] options = ("--heartbeat-millis 1000 --parameters mine --port 80 --heartbeats beats --host 127.31.0.4"
                        + " --status-port 81")
                .split(" ");
        assertThat(ServerOptions.parse(List.of(options)))
                .isEqualTo(new ServerOptions(
                        "127.31.0.4", 80, "mine", OptionalInt.of(81), Optional.of("beats"), Duration.ofSeconds(1)));
    }

    @Test
    void what_means_nothing_is_refused_by_name() {
        refused("there is no option --prot", "--prot", "80");
        refused("there is no option 80", "80", "x");
        refused("--port needs a value", "--port");
        refused("--host needs a value", "--host", " ");
        refused("--port must be a number from 0 to 65535, but is 65536", "--port", "65536");
        refused("--port must be a number from 0 to 65535, but is -1", "--port", "-1");
        refused("--port must be a number from 0 to 65535, but is http", "--port", "http");
        refused("--status-port must be a number from 0 to 65535, but is x", "--status-port", "x");
        refused("--heartbeat-millis must be a number from 50", "--heartbeat-millis", "49");
        refused("--heartbeat-millis must be a number from 50", "--heartbeat-millis", "1s");
    }

    private static void refused(String beginning, String... arguments) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerOptions.parse(List.of(arguments)))
                .withMessageStartingWith(beginning);
    }
}
