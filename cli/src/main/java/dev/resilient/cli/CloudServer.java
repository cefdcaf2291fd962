package dev.resilient.cli;

import dev.resilient.cli.target.CloudProcess;
import dev.resilient.cli.target.EnvironmentRefused;
import java.util.concurrent.CountDownLatch;

/**
 * The program of the process that a local cloud in the background lives in; {@link CloudProcess} starts it. It is none of the
 * commands, since reading a command line would take as long as everything else before the cloud's first answer.
 */
public final class CloudServer {
    private CloudServer() {}

    /** Runs the cloud that {@link CloudProcess#arguments} describes, until the process is told to end. */
    public static void main(String[] arguments) {
        Logs.forFile();
        System.exit(run(CloudProcess.of(arguments)).status());
    }

    private static ExitCode run(CloudProcess process) {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(told, ended), "end of the cloud"));
        try {
            process.serve(() -> await(told));
            return ExitCode.HELD;
        } catch (EnvironmentRefused refused) {
            System.err.println(refused.getMessage());
            return ExitCode.REFUSED;
        } finally {
            ended.countDown();
        }
    }

    /** The process is gone once its shutdown hooks have returned, so this one waits for the instances to end. */
    private static void end(CountDownLatch told, CountDownLatch ended) {
        told.countDown();
        await(ended);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
