package dev.resilient.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.testing.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HindsightTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final Hindsight hindsight = new Hindsight(time, SECOND.multipliedBy(10));
    private final ResourceStore store = ResourceStore.inMemory(hindsight);
    private final ResourceMap<String> roles = store.map("roles");
    private final ResourceMap<String> groups = store.passing("groups");

    @BeforeEach
    void begin() {
        hindsight.begin();
        time.advance(SECOND);
    }

    private <T> T secondsAgo(long seconds, Supplier<T> look) {
        return hindsight.ago(SECOND.multipliedBy(seconds), look);
    }

    @Test
    void what_was_created_changed_and_removed_is_seen_as_it_was() {
        roles.create("a", "new");
        time.advance(SECOND);
        roles.update("a", before -> "changed");
        time.advance(SECOND);
        roles.remove("a");
        time.advance(SECOND);

        assertThat(roles.find("a")).isEmpty();
        assertThat(secondsAgo(1, () -> roles.find("a"))).isEmpty();
        assertThat(secondsAgo(2, () -> roles.find("a"))).contains("changed");
        assertThat(secondsAgo(3, () -> roles.find("a"))).contains("new");
    }

    @Test
    void lists_show_what_was_there_in_the_order_of_the_keys() {
        roles.create("b", "b");
        roles.create("c", "c");
        time.advance(SECOND);
        roles.create("a", "a");
        roles.remove("c");

        assertThat(roles.list()).containsExactly("a", "b");
        assertThat(secondsAgo(1, roles::list)).containsExactly("b", "c");
    }

    @Test
    void a_part_of_the_keys_shows_what_was_there_too() {
        List.of("a/1", "b/1", "b/2", "b/3", "ba", "c/1").forEach(key -> roles.create(key, key));
        time.advance(SECOND);
        roles.remove("b/2");
        roles.create("b/4", "b/4");

        assertThat(roles.from("b/2", "b/")).containsExactly("b/3", "b/4");
        assertThat(secondsAgo(1, () -> roles.from("b/2", "b/").toList())).containsExactly("b/2", "b/3");
        assertThat(roles.from("b/", "b/")).containsExactly("b/1", "b/3", "b/4");
    }

    @Test
    void all_resources_are_seen_at_one_moment() {
        roles.create("role", "of the group");
        groups.create("group", "with the role");
        time.advance(SECOND);
        roles.remove("role");
        groups.remove("group");

        assertThat(secondsAgo(1, () -> List.of(roles.find("role"), groups.find("group"))))
                .doesNotContain(Optional.empty());
    }

    @Test
    void what_is_changed_in_hindsight_is_changed_now() {
        roles.create("a", "new");
        time.advance(SECOND);
        secondsAgo(1, () -> roles.update("a", before -> before + "er"));
        secondsAgo(1, () -> roles.create("b", "made"));

        assertThat(roles.list()).containsExactly("newer", "made");
    }

    @Test
    void what_is_known_everywhere_at_once_is_seen_as_it_is_in_hindsight_too() {
        roles.create("a", "new");
        assertThat(secondsAgo(1, () -> Hindsight.now(() -> roles.find("a")))).contains("new");
        assertThat(Hindsight.<Optional<String>>now(() -> roles.find("a"))).contains("new");
    }

    @Test
    void nobody_looks_back_to_before_the_beginning() {
        ManualTime later = new ManualTime();
        Hindsight fresh = new Hindsight(later, SECOND.multipliedBy(10));
        ResourceMap<String> map = ResourceStore.inMemory(fresh).map("kind");
        map.create("a", "made at the start");
        assertThat(fresh.ago(SECOND, () -> map.find("a")))
                .as("before it begins")
                .isPresent();
        later.advance(SECOND);
        fresh.begin();
        assertThat(fresh.ago(SECOND.multipliedBy(5), () -> map.find("a"))).isPresent();
    }

    @Test
    void what_a_file_had_was_there_before_the_beginning() {
        Path file = folder.resolve("resources");
        try (ResourceStore earlier = ResourceStore.inFile(file)) {
            earlier.map("kind").create("a", "kept");
        }
        Hindsight later = new Hindsight(time, SECOND);
        try (ResourceStore reopened = ResourceStore.inFile(file, later)) {
            ResourceMap<String> map = reopened.map("kind");
            later.begin();
            assertThat(later.ago(SECOND, () -> map.find("a"))).contains("kept");
        }
    }

    @Test
    void what_nobody_can_see_any_more_is_forgotten_and_the_rest_is_not() {
        Past<String> past = new Past<>(hindsight);
        past.remember("a", () -> "first");
        time.advance(SECOND);
        past.remember("a", () -> null);
        time.advance(SECOND.multipliedBy(10));
        assertThat(secondsAgo(11, () -> past.list(List.of()))).containsExactly("first");
        time.advance(SECOND);
        assertThat(secondsAgo(11, () -> past.list(List.of()))).as("it is over").isEmpty();
        assertThat(secondsAgo(12, () -> past.find("a", null)))
                .as("and forgotten")
                .isEmpty();
    }

    @Test
    void a_resource_that_is_changed_for_ever_keeps_only_what_can_be_seen() {
        for (int change = 0; change < 100; change++) {
            int now = change;
            roles.put("a", "version " + now);
            time.advance(SECOND);
            assertThat(secondsAgo(Math.min(now, 10) + 1, () -> roles.find("a")))
                    .contains("version " + Math.max(0, now - 10));
        }
        assertThat(secondsAgo(60, () -> roles.find("a"))).as("older versions").isEmpty();
    }
}
