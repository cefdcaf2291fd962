package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * One class of the product with one thing wrong in it.
 *
 * @param room the room whose class it is
 * @param source the source file, below the room's {@code src/main/java}
 * @param right a piece of the source that occurs once
 * @param wrong what stands there instead
 */
record Mutant(String room, String source, String right, String wrong) {

    /** Compiles the changed class against {@code classPath} and returns the folder that holds it. */
    Path compile(Path workspace, String classPath) throws IOException {
        String original = Files.readString(
                Product.ROOT.resolve(room).resolve("src/main/java").resolve(source));
        assertThat(original.split(java.util.regex.Pattern.quote(right), -1))
                .as("%s must occur once in %s", right, source)
                .hasSize(2);
        Path changed = workspace.resolve("source").resolve(source);
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, original.replace(right, wrong));
        Path classes = Files.createDirectories(workspace.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-nowarn",
                        "-cp",
                        classPath,
                        "-d",
                        classes.toString(),
                        changed.toString());
        assertThat(status).as("compiling the mutant of " + source).isZero();
        return classes;
    }

    /** A copy of {@code jar} in which the changed class stands in for the original. */
    Path patch(Path workspace, Path jar) throws IOException {
        Path classes = compile(workspace, jar.toString());
        Path patched = Files.copy(jar, workspace.resolve("patched.jar"), StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem archive = FileSystems.newFileSystem(URI.create("jar:" + patched.toUri()), Map.of());
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : List.copyOf(files.filter(Files::isRegularFile).toList())) {
                Path entry = archive.getPath("/" + classes.relativize(file));
                Files.copy(file, entry, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return patched;
    }
}
