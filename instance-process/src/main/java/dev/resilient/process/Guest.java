package dev.resilient.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance on its host: its files, the process tree of its boot, and its agent. Not thread-safe, but for the console and the
 * agent.
 */
public final class Guest {
    private static final Logger log = LoggerFactory.getLogger(Guest.class);

    private final String id;
    private final Host host;
    private final InstanceFiles files;
    private final Agent agent;
    private @Nullable InstanceProcess process;
    private boolean bootedBefore;
    private volatile byte @Nullable [] lastConsole;

    /** How the processes of a boot ended. */
    public enum Ending {
        /** Everything came to its end. */
        EXITED,
        /** Somebody killed it, or it did not come to its end in time when it was ended. */
        KILLED
    }

    /** An instance without files and processes. */
    public Guest(String id, Host host) {
        this.id = id;
        this.host = host;
        this.files = host.files(id);
        this.agent = new Agent(id, files, host.time());
    }

    /**
     * Starts its processes, which run its user data.
     *
     * @param metadataEndpoint where its metadata service is
     * @param profile the ARN of its instance profile
     * @return completes when the processes have ended, from whatever reason
     */
    public CompletableFuture<Ending> boot(UserData userData, String metadataEndpoint, Optional<String> profile)
            throws IOException {
        files.create();
        for (String warning : userData.warnings()) {
            files.printToConsole("cloud-init: " + warning);
        }
        List<String> command = files.writeScripts(userData.scriptsOf(!bootedBefore));
        bootedBefore = true;
        Map<String, String> environment = host.environment(files.home(), metadataEndpoint);
        InstanceProcess started = InstanceProcess.start(
                new InstanceProcess.Boot(id, files.directory(), files.home(), command, environment, host.patience()));
        process = started;
        agent.begin(environment, profile);
        return started.onExit();
    }

    /** Ends its processes, and waits until none is left; its files stay. */
    public void end() {
        agent.end();
        InstanceProcess ending = process;
        if (ending != null) {
            ending.end();
            process = null;
        }
    }

    /** Deletes its files, and keeps the end of its console. */
    public void delete() {
        try {
            lastConsole = files.consoleTail();
            files.delete();
        } catch (IOException | UncheckedIOException failure) {
            log.error("the files of {} could not be deleted", id, failure);
        }
    }

    /** The end of the console log; once the files are deleted, the last there was. */
    public byte[] console() {
        byte[] last = lastConsole;
        return last != null ? last : files.consoleTail();
    }

    /** What runs scripts on it from outside. */
    public Agent agent() {
        return agent;
    }
}
