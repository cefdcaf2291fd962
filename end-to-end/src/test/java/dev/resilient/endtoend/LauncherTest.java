package dev.resilient.endtoend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts around the program, in a checkout whose path has a space, with a JDK and a Maven that only look like it. */
class LauncherTest {
    /** Tells that it runs, waits to be let go, and leaves what a build leaves. */
    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo "$JAVA_HOME" >>"$CHECKOUT/runs"
            until [ -e "$CHECKOUT/go" ]; do sleep 0.02; done
            [ -e "$CHECKOUT/fail" ] && echo "[ERROR] it does not compile" && exit 1
            mkdir -p "$CHECKOUT"/{cli,recommendation-server}/target
            touch "$CHECKOUT"/cli/target/resilient.jar "$CHECKOUT"/recommendation-server/target/recommendation-server.jar
            touch "$CHECKOUT/target/built"
            """;

    @TempDir
    private Path folder;

    private Path checkout;
    private Path jdk;

    @BeforeEach
    void check_out() throws IOException {
        checkout = Files.createDirectories(folder.resolve("check out"));
        Path bin = Files.createDirectories(checkout.resolve("bin"));
        for (String script : List.of("build", "find-jdk", "jvm-options", "train")) {
            Files.copy(Product.ROOT.resolve("bin").resolve(script), bin.resolve(script));
        }
        Files.copy(Product.ROOT.resolve("resilient"), checkout.resolve("resilient"));
        Files.copy(Product.ROOT.resolve("pom.xml"), checkout.resolve("pom.xml"));
        Files.createDirectories(checkout.resolve("cli/src/main"));
        Files.createFile(checkout.resolve("cli/pom.xml"));
        program(folder.resolve("tools/mvn"), MAVEN);
        jdk = jdk("a jdk", "25.0.1");
    }

    @Test
    void java_home_is_used_if_it_is_new_enough() throws IOException {
        assertThat(findJdk(jdk, "")).isEqualTo(jdk.toString());
        Path newer = jdk("newer", "31-ea");
        assertThat(findJdk(newer, "")).isEqualTo(newer.toString());
    }

    @Test
    void an_old_java_home_is_passed_over_for_the_jdk_on_the_path() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("tools/java"), Path.of("../alternatives java"));
        Files.createSymbolicLink(folder.resolve("alternatives java"), jdk.resolve("bin/java"));
        String path = link.getParent() + ":";
        assertThat(findJdk(jdk("old", "17.0.9"), path)).isEqualTo(jdk.toString());
        assertThat(findJdk(jdk("ancient", "1.8.0_402"), path)).isEqualTo(jdk.toString());
        assertThat(findJdk(folder.resolve("not there"), path)).isEqualTo(jdk.toString());
        Path runtimeOnly = jdk("runtime", "25");
        Files.delete(runtimeOnly.resolve("bin/javac"));
        assertThat(findJdk(runtimeOnly, path)).isEqualTo(jdk.toString());
    }

    @Test
    void what_is_built_is_not_built_again_until_something_changes_or_is_missing() throws IOException {
        let("go");
        assertThat(end(build("first"))).isZero();
        assertThat(end(build("second"))).isZero();
        assertThat(runs()).containsExactly(jdk.toString());
        Files.delete(checkout.resolve("recommendation-server/target/recommendation-server.jar"));
        assertThat(end(build("third"))).isZero();
        assertThat(runs()).hasSize(2);
        assertThat(checkout.resolve("target/building")).doesNotExist();
    }

    @Test
    void of_two_builds_at_once_the_second_waits_and_finds_everything_done() throws IOException {
        Process first = build("first");
        await("the first build").until(() -> runs().size() == 1);
        Process second = build("second");
        await("the second build").until(() -> errors("second").contains("process " + first.pid() + "; waiting"));
        let("go");
        assertThat(end(first)).isZero();
        assertThat(end(second)).isZero();
        assertThat(runs()).hasSize(1);
    }

    @Test
    void a_build_that_was_killed_does_not_lock_the_next_one_out() throws IOException {
        Process killed = build("killed");
        await("the build").until(() -> runs().size() == 1);
        List<ProcessHandle> maven = killed.descendants().toList();
        killed.destroyForcibly();
        maven.forEach(ProcessHandle::destroyForcibly);
        assertThat(end(killed)).isEqualTo(137);
        assertThat(Files.isSymbolicLink(checkout.resolve("target/building"))).isTrue();
        let("go");
        assertThat(end(build("next"))).isZero();
        assertThat(errors("next")).doesNotContain("waiting");
    }

    @Test
    void a_build_that_fails_says_why_and_lets_go_of_the_lock() throws IOException {
        let("fail");
        let("go");
        assertThat(end(build("failing"))).isEqualTo(3);
        assertThat(errors("failing")).contains("[ERROR] it does not compile", "target/build.log");
        Files.delete(checkout.resolve("fail"));
        assertThat(end(build("mended"))).isZero();
    }

    @Test
    void the_launcher_may_be_linked_to_from_a_folder_on_the_path() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("tools/resilient"), Path.of("../check out/resilient"));
        assertThat(end(start("link", link.toString(), "--version"))).isZero();
        assertThat(Files.readString(folder.resolve("link/stdout.txt"))).matches("resilient \\d+\\.\\d+\\.\\d+\n");
    }

    private String findJdk(Path javaHome, String path) throws IOException {
        Product product = new Product(Files.createDirectories(folder.resolve("find")));
        Process process = product.start(
                List.of(checkout.resolve("bin/find-jdk").toString()),
                Map.of("JAVA_HOME", javaHome.toString(), "PATH", path + System.getenv("PATH")));
        assertThat(end(process)).isZero();
        return product.output().strip();
    }

    private Process build(String name) throws IOException {
        return start(name, checkout.resolve("bin/build").toString());
    }

    private Process start(String name, String... command) throws IOException {
        Map<String, String> variables = new HashMap<>();
        variables.put("JAVA_HOME", jdk.toString());
        variables.put("CHECKOUT", checkout.toString());
        variables.put("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
        return new Product(Files.createDirectories(folder.resolve(name))).start(List.of(command), variables);
    }

    private static int end(Process process) {
        try {
            assertThat(process.waitFor(30, SECONDS)).isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void let(String name) throws IOException {
        Files.createFile(checkout.resolve(name));
    }

    private List<String> runs() {
        try (Stream<String> lines = Files.lines(checkout.resolve("runs"))) {
            return lines.toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String errors(String name) {
        try {
            return Files.readString(folder.resolve(name).resolve("stderr.txt"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        program(home.resolve("bin/java"), "#!/bin/sh\n");
        program(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
