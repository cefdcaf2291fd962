package dev.resilient.scenario.plan;

import java.util.List;
import java.util.Map;

/**
 * What deploying would do.
 *
 * @param caller the ARN of whoever would do it
 * @param account twelve digits
 * @param vpcId the network
 * @param zones where an instance would be, each
 * @param parts every resource, in the order in which they are made
 * @param tags what each resource would carry
 * @param cost what it would cost
 * @param notes what does not keep anybody from deploying and should be known before; each a sentence
 */
public record Plan(
        String caller,
        String account,
        String vpcId,
        List<String> zones,
        List<Part> parts,
        Map<String, String> tags,
        Cost cost,
        List<String> notes) {

    /** Copies the collections. */
    public Plan {
        zones = List.copyOf(zones);
        parts = List.copyOf(parts);
        tags = Map.copyOf(tags);
        notes = List.copyOf(notes);
    }

    /**
     * A resource.
     *
     * @param isThere whether it is there already, and would be used
     */
    public record Part(String kind, String name, boolean isThere) {}
}
