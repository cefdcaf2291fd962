package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cli.target.EnvironmentRefused;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsentTest {
    private final List<String> questions = new ArrayList<>();

    @Test
    void nothing_on_the_local_cloud_needs_a_yes() {
        Consent.toDeploy(options(), this::ask);
        Consent.toDemonstrate(options(), this::ask);
        Consent.toDestroy(options("--target", "local"), this::ask);
        assertThat(questions).isEmpty();
    }

    @Test
    void a_yes_on_the_command_line_is_one() {
        Consent.toDeploy(options("--target", "aws", "--yes"), this::ask);
        Consent.toDestroy(options("--target", "aws", "-y"), this::ask);
        assertThat(questions).isEmpty();
    }

    @Test
    void an_account_is_left_alone_where_nobody_can_be_asked() {
        ScenarioOptions options = options("--target", "aws");
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> Consent.toDeploy(options, this::ask))
                .withMessageContaining("--yes");
        assertThatExceptionOfType(EnvironmentRefused.class).isThrownBy(() -> Consent.toDemonstrate(options, this::ask));
        assertThatExceptionOfType(EnvironmentRefused.class).isThrownBy(() -> Consent.toDestroy(options, this::ask));
        assertThat(questions).isEmpty();
    }

    private boolean ask(String question) {
        questions.add(question);
        return true;
    }

    private static ScenarioOptions options(String... arguments) {
        return Options.of(Writer.nullWriter(), arguments);
    }
}
