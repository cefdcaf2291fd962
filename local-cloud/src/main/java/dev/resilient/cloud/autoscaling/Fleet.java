package dev.resilient.cloud.autoscaling;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Auto Scaling needs of EC2. Implementations are thread-safe. */
public interface Fleet {

    /** The zone of a subnet; empty if there is no such subnet. */
    Optional<String> zoneOfSubnet(String subnetId);

    /**
     * The launch template that {@code reference} means now.
     *
     * @throws dev.resilient.wire.ServiceError if there is no such template or version
     */
    Template resolve(TemplateReference reference);

    /**
     * Does nothing if instances can be launched from the template that {@code reference} means now.
     *
     * @throws dev.resilient.wire.ServiceError in EC2's words if EC2 would refuse to
     */
    void check(TemplateReference reference);

    /**
     * Starts one instance and returns once it has an id, not once it runs.
     *
     * @throws dev.resilient.wire.ServiceError if it cannot be started; its message becomes the activity's status message
     */
    Launched launch(Order order);

    /** Terminates an instance; does nothing if there is none or it is on its way out. Returns without waiting for the end. */
    void terminate(String instanceId);

    /** An instance; empty if EC2 does not know it (any more). */
    Optional<Instance> find(String instanceId);

    /** An instance as EC2 knows it. */
    record Instance(State state, String zone, String instanceType, String imageId) {}

    /** EC2's instance states. */
    enum State {
        PENDING,
        RUNNING,
        STOPPING,
        STOPPED,
        SHUTTING_DOWN,
        TERMINATED
    }

    /**
     * A launch template as a group names it.
     *
     * @param id {@code lt-…}; null if the caller gave the name
     * @param name null if the caller gave the id
     * @param version a number, {@code $Default} or {@code $Latest}
     */
    record TemplateReference(@Nullable String id, @Nullable String name, String version) {

        /** Whether it names this very version, by its number. */
        public boolean isExactly(@Nullable Template template) {
            return template != null
                    && version.equals(Long.toString(template.version()))
                    && (template.id().equals(id) || template.name().equals(name));
        }
    }

    /**
     * One version of a launch template.
     *
     * @param version its number
     */
    record Template(String id, String name, long version) {}

    /**
     * What to launch.
     *
     * @param subnetId null for the zone's default subnet
     * @param tags of the instance, beside those that the template asks for
     */
    record Order(
            TemplateReference template,
            String zone,
            @Nullable String subnetId,
            Map<String, String> tags) {
        /** Keeps its own copy of the tags. */
        public Order {
            tags = Map.copyOf(tags);
        }
    }

    /** An instance that was launched. */
    record Launched(String instanceId, String instanceType, String imageId, String subnetId, Template template) {}
}
