package dev.resilient.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ViewersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Viewers viewers = new Viewers();

    @Test
    void a_slow_viewer_skips_frames_and_a_quick_one_sees_each() throws Exception {
        viewers.show("one");
        assertThat(viewers.next(0, PATIENCE)).contains(new Viewers.Shown(1, "one"));
        viewers.show("two");
        assertThat(viewers.next(1, PATIENCE)).contains(new Viewers.Shown(2, "two"));
        viewers.show("three");
        viewers.show("four");
        assertThat(viewers.next(2, PATIENCE)).contains(new Viewers.Shown(4, "four"));
        assertThat(viewers.next(0, PATIENCE)).as("a second viewer").contains(new Viewers.Shown(4, "four"));
    }

    @Test
    void nobody_works_while_nobody_looks() throws Exception {
        CompletableFuture<Boolean> worker = waiting();
        assertThat(worker).isNotDone();
        try (Viewers.Looking _ = viewers.look()) {
            assertThat(worker.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(waiting()).isNotDone();
        viewers.close();
    }

    @Test
    void the_end_frees_who_waits() throws Exception {
        CompletableFuture<Boolean> worker = waiting();
        CompletableFuture<Boolean> viewer = CompletableFuture.supplyAsync(() -> {
            try {
                return viewers.next(0, Duration.ofDays(1)).isPresent();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        viewers.close();
        assertThat(worker.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(viewer.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(viewers.hasEnded()).isTrue();
    }

    private CompletableFuture<Boolean> waiting() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return viewers.awaitSomebody();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                },
                Thread::startVirtualThread);
    }
}
