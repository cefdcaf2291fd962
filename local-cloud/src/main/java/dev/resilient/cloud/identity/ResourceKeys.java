package dev.resilient.cloud.identity;

import dev.resilient.wire.shape.Members;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** What conditions may want to know about resources; each service answers for its own. Thread-safe. */
@FunctionalInterface
public interface ResourceKeys {

    /**
     * The condition keys of a resource without their prefixes, such as {@code ResourceTag/NAME}: tags are known by that of AWS and
     * by that of the service.
     *
     * @param arn of the resource, which need not exist
     * @param request what somebody wants to do with it
     */
    Map<String, List<String>> keysOf(String arn, SdkPojo request);

    /** The keys of a resource with these tags, in whatever class the service has for them. Can be added to. */
    static Map<String, List<String>> tagged(Collection<? extends SdkPojo> tags) {
        Map<String, List<String>> keys = new HashMap<>();
        tags.forEach(tag -> keys.put(
                "ResourceTag/" + Members.get(tag, "Key", String.class).orElse(""),
                List.of(Members.get(tag, "Value", String.class).orElse(""))));
        return keys;
    }
}
