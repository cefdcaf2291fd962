package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which instance of the fullest zone leaves first, by AWS's names. {@code Default} is the oldest template version (attached
 * instances have none), then who is longest in the group; AWS looks for the closest billing hour next and then draws lots, but
 * nothing is billed here.
 */
public final class TerminationPolicies {
    private static final Comparator<Member> OLDEST = Comparator.comparing(Member::launched);
    private static final Comparator<Member> OLDEST_TEMPLATE = Comparator.comparingLong(Member::templateVersion);
    private static final Comparator<Member> DEFAULT = OLDEST_TEMPLATE.thenComparing(OLDEST);
    private static final Map<String, Comparator<Member>> FIRST_TO_LEAVE = Map.of(
            "Default", DEFAULT,
            "OldestInstance", OLDEST,
            "NewestInstance", OLDEST.reversed(),
            "OldestLaunchTemplate", OLDEST_TEMPLATE);

    private TerminationPolicies() {}

    /** Whether there is a policy of this name. */
    public static boolean supports(String name) {
        return FIRST_TO_LEAVE.containsKey(name);
    }

    /** The order in which members leave: policy after policy, then by id so that it is always the same. */
    public static Comparator<Member> order(List<String> names) {
        return names.stream()
                .map(name -> FIRST_TO_LEAVE.getOrDefault(name, DEFAULT))
                .reduce(Comparator::thenComparing)
                .orElse(DEFAULT)
                .thenComparing(Member::instanceId);
    }
}
