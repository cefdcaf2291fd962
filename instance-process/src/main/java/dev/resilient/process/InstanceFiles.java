package dev.resilient.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one instance: its console log, the scripts of its user data, and the home directory that is all the instance
 * itself should write to.
 */
record InstanceFiles(Path directory) {
    private static final int CONSOLE_LIMIT = 64 * 1024;

    /**
     * Runs one command after the other, each given as the number of its words and the words. What this bash itself has to say,
     * such as that a command was terminated, is not the instance's output.
     */
    private static final String SEQUENCE = "exec 3>&2 2>/dev/null;"
            + " while [ $# -gt 0 ]; do words=$1; shift; \"${@:1:words}\" 2>&3 3>&-; shift \"$words\"; done";

    /** An instance without scripts is up all the same. */
    private static final List<String> IDLE = List.of("bash", "-c", "while sleep 86400; do :; done");

    Path home() {
        return directory.resolve("home");
    }

    /** Makes what is not there yet. */
    void create() throws IOException {
        Files.createDirectories(home());
    }

    /** A folder of its own for something that is run beside the user data, which must not have one yet. */
    InstanceFiles beside(String name) throws IOException {
        Files.createDirectories(directory.resolve("beside"));
        return new InstanceFiles(
                Files.createDirectory(directory.resolve("beside").resolve(name)));
    }

    /** Writes the scripts, and gives the command that runs them one after the other. */
    List<String> writeScripts(List<String> scripts) throws IOException {
        if (scripts.isEmpty()) {
            return IDLE;
        }
        List<String> command = new ArrayList<>(List.of("bash", "-c", SEQUENCE, "user-data"));
        for (int i = 0; i < scripts.size(); i++) {
            List<String> words = writeScript("part-%03d".formatted(i + 1), scripts.get(i), StandardCharsets.ISO_8859_1);
            command.add(String.valueOf(words.size()));
            command.addAll(words);
        }
        return command;
    }

    /** Writes a script, and gives the command that runs it: its interpreter is named, as executing a file fails while any process has it open for writing. */
    List<String> writeScript(String name, String script, Charset charset) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, script, charset);
        List<String> command = new ArrayList<>(UserData.interpreter(script));
        command.add(file.toString());
        return command;
    }

    void printToConsole(String line) throws IOException {
        Files.writeString(
                console(),
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /** The last 64 KiB of the console log; empty if there is none. */
    byte[] consoleTail() {
        if (!Files.exists(console())) {
            return new byte[0];
        }
        try (RandomAccessFile file = new RandomAccessFile(console().toFile(), "r")) {
            long start = Math.max(0, file.length() - CONSOLE_LIMIT);
            byte[] tail = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(tail);
            return tail;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Deletes everything. */
    void delete() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path console() {
        return directory.resolve(InstanceProcess.CONSOLE);
    }
}
