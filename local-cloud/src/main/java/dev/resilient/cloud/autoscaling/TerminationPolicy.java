package dev.resilient.cloud.autoscaling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which instance of the fullest zone leaves first, with AWS's names. */
enum TerminationPolicy {
    /**
     * Oldest template version (attached instances have none), then longest in the group. AWS looks for the closest billing hour
     * next and then draws lots; nothing is billed here.
     */
    DEFAULT("Default"),
    OLDEST_INSTANCE("OldestInstance"),
    NEWEST_INSTANCE("NewestInstance"),
    OLDEST_LAUNCH_TEMPLATE("OldestLaunchTemplate");

    private final String wireName;

    TerminationPolicy(String wireName) {
        this.wireName = wireName;
    }

    /** As the API shows it. */
    String wireName() {
        return wireName;
    }

    /** The policy of this name; empty for those that are not supported too. */
    static Optional<TerminationPolicy> named(String name) {
        return Arrays.stream(values())
                .filter(policy -> policy.wireName.equals(name))
                .findFirst();
    }

    /** The order in which members leave: policy after policy, then by id so that it is always the same. */
    static Comparator<Member> order(List<TerminationPolicy> policies) {
        return policies.stream()
                .map(TerminationPolicy::firstToLeave)
                .reduce(Comparator::thenComparing)
                .orElseGet(DEFAULT::firstToLeave)
                .thenComparing(Member::instanceId);
    }

    private Comparator<Member> firstToLeave() {
        Comparator<Member> oldest = Comparator.comparing(Member::launched);
        Comparator<Member> oldestTemplate = Comparator.comparingLong(
                member -> member.template() == null ? 0 : member.template().version());
        return switch (this) {
            case DEFAULT -> oldestTemplate.thenComparing(oldest);
            case OLDEST_INSTANCE -> oldest;
            case NEWEST_INSTANCE -> oldest.reversed();
            case OLDEST_LAUNCH_TEMPLATE -> oldestTemplate;
        };
    }
}
