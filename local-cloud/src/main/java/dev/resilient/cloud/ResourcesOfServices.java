package dev.resilient.cloud;

import dev.resilient.cloud.identity.ResourceKeys;
import dev.resilient.cloud.store.Hindsight;
import dev.resilient.wire.AwsService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;

/** What the services tell about their resources, by the service in the ARN; nothing before they are there. Thread-safe. */
final class ResourcesOfServices implements ResourceKeys {
    private final Map<String, ResourceKeys> services = new ConcurrentHashMap<>();

    /** Asks these services from now on, as far as they have something to tell. */
    void join(List<AwsService> all) {
        for (AwsService service : all) {
            if (service instanceof ResourceKeys keys) {
                services.put(service.model().signingName(), keys);
            }
        }
    }

    /** As it is now, whatever the caller sees yet: a service knows the resource that it is about to change. */
    @Override
    public Map<String, List<String>> keysOf(String arn, SdkPojo request) {
        String[] parts = arn.split(":", 4);
        ResourceKeys keys = parts.length == 4 ? services.get(parts[2]) : null;
        return keys == null ? Map.of() : Hindsight.now(() -> keys.keysOf(arn, request));
    }
}
