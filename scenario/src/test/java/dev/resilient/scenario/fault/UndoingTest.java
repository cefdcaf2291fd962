package dev.resilient.scenario.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeEnvironment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoingTest {
    private final Undoing undoing = new Undoing();
    private final List<String> undone = new ArrayList<>();

    @Test
    void the_latest_is_undone_first_and_everything_once() throws IOException {
        undoing.note("a", _ -> undone.add("a"));
        undoing.note("b", _ -> undone.add("b"));
        undo();
        undo();
        assertThat(undone).containsExactly("b", "a");
    }

    @Test
    void a_failure_keeps_nothing_else_from_being_undone() throws IOException {
        undoing.note("a", _ -> undone.add("a"));
        undoing.note("b", _ -> {
            throw new IllegalStateException("b");
        });
        undoing.note("c", _ -> {
            throw new IllegalStateException("c");
        });
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(this::undo)
                .withMessage("c")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(undone).containsExactly("a");
    }

    @Test
    void what_is_done_twice_is_undone_to_how_it_was_at_first() throws IOException {
        undoing.note("the table's name", _ -> undone.add("as deployed"));
        undoing.note("the table's name", _ -> undone.add("broken"));
        undo();
        assertThat(undone).containsExactly("as deployed");
    }

    private void undo() throws IOException {
        try (FakeAws aws = new FakeAws((_, _) -> new FakeAws.Reply(200, ""))) {
            undoing.undo(FakeEnvironment.of(aws).make());
        }
    }
}
