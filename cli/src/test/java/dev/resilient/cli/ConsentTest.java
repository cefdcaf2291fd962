package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.terminal.Paper;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class ConsentTest {
    private final Paper paper = Paper.plain();

    @Test
    void nothing_on_the_local_cloud_needs_a_yes() {
        Consent.toDeploy(options(), paper.page());
        Consent.toDemonstrate(options(), paper.page());
        Consent.toDestroy(options("--target", "local"), paper.page());
        assertThat(paper.text()).isEmpty();
    }

    @Test
    void a_yes_on_the_command_line_is_one() {
        Consent.toDeploy(options("--target", "aws", "--yes"), paper.page());
        Consent.toDestroy(options("--target", "aws", "-y"), paper.page());
        assertThat(paper.text()).isEmpty();
    }

    @Test
    void an_account_is_left_alone_where_nobody_can_be_asked() {
        ScenarioOptions options = options("--target", "aws");
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> Consent.toDeploy(options, paper.page()))
                .withMessageContaining("--yes");
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> Consent.toDemonstrate(options, paper.page()));
        assertThatExceptionOfType(EnvironmentRefused.class).isThrownBy(() -> Consent.toDestroy(options, paper.page()));
        assertThat(paper.text()).isEmpty();
    }

    private static ScenarioOptions options(String... arguments) {
        return Options.of(Writer.nullWriter(), arguments);
    }
}
