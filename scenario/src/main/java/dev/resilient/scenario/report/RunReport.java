package dev.resilient.scenario.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a whole run found. Its components, in this order, are the keys of {@code report.json}.
 *
 * @param name the deployment
 * @param target where it ran: {@code local} or {@code aws}
 * @param pace how much faster than on AWS the target's waiting went
 * @param held whether every expectation held and nothing is left
 * @param durationMillis of the whole run
 * @param phases in the order in which they were played
 * @param leftovers what is still there after everything was destroyed; empty too when nothing was to be destroyed, as after
 *     {@code demo}, where nothing is looked for
 */
public record RunReport(
        String name,
        String target,
        double pace,
        boolean held,
        long durationMillis,
        List<PhaseReport> phases,
        List<String> leftovers) {

    /** The file in the folder that reports are written to. */
    public static final String FILE_NAME = "report.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the lists. */
    public RunReport {
        phases = List.copyOf(phases);
        leftovers = List.copyOf(leftovers);
    }

    /** The report of a run; it held if there were phases, all of them held, and nothing is left. */
    public static RunReport of(Subject subject, Duration took, List<PhaseReport> phases, List<String> leftovers) {
        boolean held = !phases.isEmpty() && phases.stream().allMatch(PhaseReport::held) && leftovers.isEmpty();
        return new RunReport(
                subject.name(), subject.target(), subject.pace(), held, took.toMillis(), phases, leftovers);
    }

    /** The report as JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report is made of text and numbers", impossible);
        }
    }

    /** Writes {@link #FILE_NAME} into {@code folder}, which is made if it is not there. */
    public Path writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(FILE_NAME), toJson(), StandardCharsets.UTF_8);
    }

    /** What was run: the deployment's name, where, and at which pace. */
    public record Subject(String name, String target, double pace) {}
}
