package dev.resilient.scenario.drill.report;

import org.jspecify.annotations.Nullable;

/**
 * Where and how drills were measured.
 *
 * @param deployment the deployment's name
 * @param target where it ran: {@code local} or {@code aws}
 * @param region the AWS region
 * @param pace how much faster than on AWS the target's waiting went
 * @param realismSeed of the local cloud's bad day, if it had one
 * @param seed of what was left to chance, such as which instance a fault strikes
 * @param startedAt when the first drill began, ISO 8601
 * @param requestsPerSecond how many users came
 * @param timeOutMillis how long each of them waited for an answer
 * @param java the version of the JVM that sent the requests
 * @param system its operating system
 * @param cores how many processors it had
 */
public record SurroundingsReport(
        String deployment,
        String target,
        String region,
        double pace,
        @Nullable Long realismSeed,
        long seed,
        String startedAt,
        double requestsPerSecond,
        long timeOutMillis,
        String java,
        String system,
        int cores) {}
