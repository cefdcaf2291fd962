package dev.resilient.cloud.ssm.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

/** What Run Command needs of instances: which of them can be reached, and scripts that run there. Thread-safe. */
public interface ManagedInstances {

    /** Every instance whose agent may register with Systems Manager, reachable now or not. */
    List<ManagedInstance> list();

    /**
     * Starts a script on an instance, as a process of that instance.
     *
     * @param instanceId of an instance that {@link #list} has
     * @param name what tells it from all others on this instance
     * @param directory where it starts; relative to the instance's own folder
     * @return empty if the instance cannot be reached now
     */
    Optional<Execution> start(String instanceId, String name, String script, String directory);

    /**
     * An instance.
     *
     * @param shown as Systems Manager shows it; it is online if it can be reached now
     */
    record ManagedInstance(InstanceInformation shown, Map<String, String> tags) {
        private static final String TAG = "tag:";

        String id() {
            return shown.instanceId();
        }

        /** Whether a key of targets and filters is about tags. */
        static boolean isOfTags(String key) {
            return key.equals("tag-key") || key.startsWith(TAG);
        }

        /** Whether it has a tag with one of these values, for {@code tag:KEY}, or one of these keys, for {@code tag-key}. */
        boolean isTagged(String key, List<String> values) {
            String value = key.startsWith(TAG) ? tags.get(key.substring(TAG.length())) : null;
            return key.startsWith(TAG)
                    ? value != null && values.contains(value)
                    : values.stream().anyMatch(tags::containsKey);
        }
    }

    /** A script that was started. */
    interface Execution {

        /** Completes when the script has returned. */
        CompletableFuture<Result> result();

        /** Ends the script and what it has started, and waits until all of it is gone. */
        void end();
    }

    /**
     * How a script returned.
     *
     * @param exitStatus empty if its instance ended under it
     */
    record Result(OptionalInt exitStatus, String output, String error) {}
}
