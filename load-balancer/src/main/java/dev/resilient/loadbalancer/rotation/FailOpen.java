package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.HealthyMinimum;
import dev.resilient.loadbalancer.target.TargetState;
import java.util.Collection;
import java.util.List;

/**
 * Who may get requests: the healthy targets; or, where they are fewer than a minimum, all that are checked, since bad answers are
 * better than none.
 */
record FailOpen(List<Member> healthy, List<Member> checked) {

    static FailOpen among(Collection<Member> members) {
        return new FailOpen(
                members.stream()
                        .filter(member -> member.isIn(TargetState.HEALTHY))
                        .toList(),
                members.stream().filter(Member::isChecked).toList());
    }

    List<Member> routable(HealthyMinimum minimum) {
        return meets(minimum) ? healthy : checked;
    }

    boolean meets(HealthyMinimum minimum) {
        return minimum.isMetBy(healthy.size(), checked.size());
    }
}
