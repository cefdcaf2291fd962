package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a client sends, what is forwarded is the same requests to every reader: for all that is known, and all that Jazzer finds. */
class RequestFuzzTest {
    private static final Duration FUZZED = Duration.ofMinutes(1);
    /** Inputs that once were read differently, one file each. */
    private static final Path FOUND = Path.of("src/test/resources/dev/resilient/loadbalancer/found-by-fuzzing");

    @Test
    void every_known_form_is_the_same_requests_to_every_reader() throws IOException {
        for (byte[] seed : seeds()) {
            RequestFuzzer.fuzzerTestOneInput(seed);
        }
    }

    @Test
    @Tag("full")
    @Timeout(300)
    void a_minute_of_fuzzing_finds_no_other_form(@TempDir Path folder) throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        List<byte[]> seeds = seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path log = folder.resolve("log");
        Process fuzzer = jazzer(corpus, folder)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(fuzzer.waitFor(2 * FUZZED.toSeconds(), TimeUnit.SECONDS))
                    .as("the fuzzer has ended")
                    .isTrue();
            String said = Files.readString(log);
            System.out.println(said.lines()
                    .filter(line -> line.contains("Done "))
                    .findFirst()
                    .orElse("Jazzer did not finish"));
            assertThat(fuzzer.exitValue()).as(() -> tail(said)).isZero();
        } finally {
            fuzzer.destroyForcibly().waitFor();
        }
    }

    /** In a process of its own, since Jazzer instruments the JVM that it runs in. The seed of its chance is in what it says. */
    private static ProcessBuilder jazzer(Path corpus, Path folder) {
        String classPath = System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+EnableDynamicAgentLoading",
                        "-XX:+UseSerialGC",
                        "-Dio.netty.allocator.type=unpooled",
                        "-cp",
                        System.getProperty("surefire.test.class.path", classPath),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + RequestFuzzer.class.getName(),
                        "--instrumentation_includes=dev.resilient.**",
                        // It trips over the queues within Netty.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                        "-max_total_time=" + FUZZED.toSeconds(),
                        "-max_len=4096",
                        "-artifact_prefix=" + folder + File.separator,
                        corpus.toString())
                .directory(folder.toFile());
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 6000));
    }

    private static List<byte[]> seeds() throws IOException {
        Stream<byte[]> corpus = SmugglingForm.read("smuggling-requests.txt").stream()
                .map(form -> ("\3" + form.bytes() + Http.get()).getBytes(StandardCharsets.ISO_8859_1));
        try (Stream<Path> files = Files.list(FOUND)) {
            List<byte[]> found = files.map(RequestFuzzTest::read).toList();
            return Stream.concat(corpus, found.stream()).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read " + file, unreadable);
        }
    }
}
