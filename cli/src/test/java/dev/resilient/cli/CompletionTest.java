package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash completes with the script that the program prints. */
class CompletionTest {
    @TempDir
    private Path folder;

    private Path script = Path.of("");

    @BeforeEach
    void printTheScript() throws IOException {
        StringWriter out = new StringWriter();
        assertThat(Resilient.run(
                        new String[] {"completion"}, new PrintWriter(out), new PrintWriter(new StringWriter())))
                .isZero();
        script = Files.writeString(folder.resolve("completion"), out.toString());
    }

    @Test
    void commands_are_completed_but_not_what_is_hidden() throws Exception {
        assertThat(completed("resilient", "de")).containsExactlyInAnyOrder("deploy", "demo", "destroy");
        assertThat(completed("resilient", "tr")).isEmpty();
        assertThat(completed("resilient", "cloud", "sta")).containsExactlyInAnyOrder("start", "status");
    }

    @Test
    void options_and_their_values_are_completed() throws Exception {
        assertThat(completed("resilient", "run", "--real")).containsExactly("--realism");
        assertThat(completed("resilient", "deploy", "--target", "a")).containsExactly("aws");
    }

    @Test
    void a_launcher_that_is_called_by_its_path_is_completed_too() throws Exception {
        assertThat(answer("source " + script + " && complete -p resilient"))
                .anyMatch(line -> line.contains("_resilient"));
    }

    /** The candidates for the last word. */
    private List<String> completed(String... words) throws Exception {
        return answer(
                        "source %s && COMP_WORDS=(%s) && COMP_CWORD=%d && { _complete_resilient; printf '%%s\\n' ${COMPREPLY[@]}; }"
                                .formatted(script, String.join(" ", words), words.length - 1))
                .stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> answer(String commands) throws Exception {
        Process bash = new ProcessBuilder("bash", "--norc", "-c", commands).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(errors).isZero();
        return answer.lines().toList();
    }
}
