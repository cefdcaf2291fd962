package dev.resilient.cloud.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;

class ResourceStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00.123456789Z");

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("resources");
    }

    private sealed interface Shape {
        record Circle(BigDecimal radius) implements Shape {}

        record Nothing() implements Shape {}
    }

    private enum Colour {
        RED
    }

    private record Everything(
            String text,
            long number,
            Instant when,
            Duration howLong,
            Optional<Shape> shape,
            Optional<Shape> none,
            Map<String, List<Shape>> nested,
            Colour colour,
            SdkBytes bytes,
            @Nullable String absent) {}

    private static Everything everything() {
        TreeMap<String, List<Shape>> nested =
                new TreeMap<>(Map.of("a", List.of(new Shape.Nothing(), new Shape.Circle(BigDecimal.TEN))));
        return new Everything(
                "ä\0",
                Long.MIN_VALUE,
                NOW,
                Duration.ofNanos(1),
                Optional.of(new Shape.Circle(new BigDecimal("1.50"))),
                Optional.empty(),
                Collections.unmodifiableSortedMap(nested),
                Colour.RED,
                SdkBytes.fromByteArray(new byte[] {0, -1}),
                null);
    }

    @Test
    void what_was_changed_is_there_in_the_next_store_on_the_file() {
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<Everything> map = store.map("kind");
            map.create("kept", everything());
            map.create("removed", everything());
            map.remove("removed");
            map.put("changed", everything());
            map.update("changed", _ -> everything());
        }
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<Everything> map = store.map("kind");
            assertThat(map.list()).containsExactly(everything(), everything());
            assertThat(map.find("kept")).contains(everything());
            assertThat(store.<Everything>map("another").list()).isEmpty();
        }
    }

    @Test
    void a_request_of_the_sdk_is_kept_as_it_is() {
        RequestLaunchTemplateData data = RequestLaunchTemplateData.builder()
                .imageId("ami-1")
                .metadataOptions(options -> options.httpTokens("required"))
                .securityGroupIds("sg-1", "sg-2")
                .build();
        try (ResourceStore store = ResourceStore.inFile(file)) {
            store.<RequestLaunchTemplateData>map("kind").create("it", data);
        }
        try (ResourceStore store = ResourceStore.inFile(file)) {
            assertThat(store.<RequestLaunchTemplateData>map("kind").find("it")).contains(data);
        }
    }

    @Test
    void a_change_is_in_the_files_before_its_maker_goes_on() throws Exception {
        Path copy;
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<String> map = store.map("kind");
            map.create("removed", "value");
            map.remove("removed");
            IntStream.range(0, 200).forEach(i -> map.put("key", "value " + i));
            copy = copy();
        }
        try (ResourceStore store = ResourceStore.inFile(copy)) {
            assertThat(store.<String>map("kind").find("key")).contains("value 199");
            assertThat(store.<String>map("kind").list()).hasSize(1);
        }
    }

    /** As a process leaves them that is killed: the files are copied while the store is open. */
    private Path copy() throws IOException {
        Path copy = folder.resolve("copy");
        Files.copy(file, copy);
        Files.copy(journal(file), journal(copy));
        return copy;
    }

    private static Path journal(Path file) {
        return file.resolveSibling(file.getFileName() + ".journal");
    }

    @Test
    void a_change_that_was_not_written_to_its_end_was_none_and_those_before_it_were() throws Exception {
        Path copy;
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<String> map = store.map("kind");
            map.put("key", "whole");
            map.put("key", "torn!");
            copy = copy();
        }
        byte[] journal = Files.readAllBytes(journal(copy));
        for (int torn = 1; torn < journal.length / 2; torn++) {
            byte[] shorter = Arrays.copyOf(journal, journal.length - torn);
            assertThat(kept(copy, shorter)).contains("whole");
            assertThat(kept(copy, Arrays.copyOf(shorter, journal.length + 100))).contains("whole");
        }
        for (int wrong = journal.length / 2 + 1; wrong < journal.length; wrong++) {
            byte[] changed = journal.clone();
            changed[wrong] ^= 1;
            assertThat(kept(copy, changed)).contains("whole");
        }
        assertThat(kept(copy, journal)).contains("torn!");
    }

    /** What a store on a file finds that has this journal, and that changes are possible afterwards. */
    private Optional<String> kept(Path copy, byte[] journal) throws IOException {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.write(journal(copy), journal);
        try (ResourceStore store = ResourceStore.inFile(copy)) {
            Optional<String> kept = store.<String>map("kind").find("key");
            store.shelf("items").keep("key", () -> bytes("new"));
            return kept;
        }
    }

    @Test
    void a_journal_that_gets_long_begins_anew_and_nothing_is_lost() throws Exception {
        String text = "x".repeat(100_000);
        Path copy;
        long longest = 0;
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<String> map = store.map("kind");
            for (int i = 0; i < 100; i++) {
                map.put("key-" + i, text + i);
                longest = Math.max(longest, Files.size(journal(file)));
            }
            copy = copy();
        }
        assertThat(longest).isBetween(1_000_000L, 4_500_000L);
        assertThat(journal(file)).isEmptyFile();
        try (ResourceStore store = ResourceStore.inFile(copy)) {
            assertThat(store.<String>map("kind").list())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> text + i).toList());
        }
    }

    @Test
    void what_was_dropped_does_not_come_back_from_the_journal() throws Exception {
        Path copy;
        try (ResourceStore store = ResourceStore.inFile(file)) {
            store.shelf("items").keep("key", () -> bytes("value"));
            byte[] before = Files.readAllBytes(journal(file));
            store.drop("items");
            Files.write(journal(file), before);
            copy = copy();
        }
        try (ResourceStore store = ResourceStore.inFile(copy)) {
            store.shelf("items").load((key, _) -> fail(key));
        }
    }

    @Test
    void changes_of_one_key_from_many_threads_end_as_in_memory() throws Exception {
        String last;
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<Integer> map = store.map("kind");
            map.create("count", 0);
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(_ -> Thread.ofVirtual()
                            .start(() -> IntStream.range(0, 100).forEach(_ -> map.update("count", count -> count + 1))))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
            last = map.find("count").orElseThrow().toString();
        }
        try (ResourceStore store = ResourceStore.inFile(file)) {
            assertThat(store.<Integer>map("kind").find("count").orElseThrow())
                    .hasToString(last)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_shelf_that_was_dropped_is_empty_and_no_other() {
        try (ResourceStore store = ResourceStore.inFile(file)) {
            store.shelf("items").keep("key", () -> bytes("value"));
            store.shelf("items.of-another").keep("key", () -> bytes("another value"));
            store.drop("items");
        }
        Map<String, String> loaded = new TreeMap<>();
        try (ResourceStore store = ResourceStore.inFile(file)) {
            store.shelf("items").load((key, bytes) -> loaded.put(key, new String(bytes, UTF_8)));
            assertThat(loaded).isEmpty();
            store.shelf("items.of-another").load((key, bytes) -> loaded.put(key, new String(bytes, UTF_8)));
        }
        assertThat(loaded).containsExactly(Map.entry("key", "another value"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void kinds_whose_names_begin_alike_are_apart() {
        try (ResourceStore store = ResourceStore.inFile(file)) {
            List.of("kind", "kind.a", "kin")
                    .forEach(kind -> store.<String>map(kind).create("key", "of " + kind));
        }
        try (ResourceStore store = ResourceStore.inFile(file)) {
            assertThat(store.<String>map("kind").list()).containsExactly("of kind");
            assertThat(store.<String>map("kind.a").find("key")).hasValue("of kind.a");
            assertThat(store.<String>map("kin").list()).containsExactly("of kin");
        }
    }

    @Test
    void what_cannot_be_stored_is_named() {
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<Optional<Thread>> map = store.map("kind");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> map.put("key", Optional.of(Thread.currentThread())))
                    .havingCause()
                    .withMessageContaining("Thread");
        }
    }

    /** Each kind was a map of its own once. */
    @Test
    void a_file_of_an_earlier_version_is_refused_and_left_as_it_is() throws Exception {
        try (MVStore earlier = MVStore.open(file.toString())) {
            earlier.<String, String>openMap("cloud").put("region", "us-west-2");
        }
        byte[] before = Files.readAllBytes(file);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ResourceStore.inFile(file))
                .withMessage("was kept by another version of this program, in another form");
        assertThat(file).hasBinaryContent(before);
        assertThat(journal(file)).doesNotExist();
    }

    @Test
    void a_file_in_use_or_of_another_kind_is_refused() throws Exception {
        try (ResourceStore _ = ResourceStore.inFile(file)) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> ResourceStore.inFile(file))
                    .withMessageContaining(file.toString());
        }
        Path other = Files.writeString(folder.resolve("other"), "precious ".repeat(2000));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> ResourceStore.inFile(other));
        assertThat(other).content().startsWith("precious precious");
    }

    @Test
    void a_file_that_was_written_to_all_day_is_not_much_larger_than_what_is_in_it() throws IOException {
        String text = "x".repeat(1_000);
        for (int session = 0; session < 3; session++) {
            try (ResourceStore store = ResourceStore.inFile(file)) {
                ResourceMap<String> texts = store.map("texts");
                for (int change = 0; change < 3_000; change++) {
                    texts.put("key-" + change % 100, text + session + "-" + change);
                }
            }
        }
        assertThat(Files.size(file)).isLessThan(1_000_000);
        try (ResourceStore store = ResourceStore.inFile(file)) {
            ResourceMap<String> texts = store.map("texts");
            assertThat(texts.list()).hasSize(100);
            assertThat(texts.find("key-99")).contains(text + "2-2999");
        }
    }
}
