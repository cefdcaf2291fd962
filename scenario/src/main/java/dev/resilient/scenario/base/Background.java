package dev.resilient.scenario.base;

import java.util.function.Consumer;

/** Something that goes on beside everything else until it is ended. Whoever ends it waits for it. */
public final class Background {
    private final Cancellation cancellation = new Cancellation();
    private final Thread thread;

    private Background(String name, Environment environment, Consumer<Environment> task) {
        Environment own = environment.stoppedBy(cancellation);
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(task, own));
    }

    /** Starts a task, which is to wait through the environment that it gets, and nowhere else. */
    public static Background start(String name, Environment environment, Consumer<Environment> task) {
        Background background = new Background(name, environment, task);
        background.thread.start();
        return background;
    }

    private static void run(Consumer<Environment> task, Environment own) {
        try {
            task.accept(own);
        } catch (CancelledException ended) {
            // That is how it ends, unless it ends by itself.
            return;
        }
    }

    /** Ends it, and returns when it has ended; may be called again. */
    public void end() {
        cancellation.cancel();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
