package dev.resilient.loadbalancer.target;

import java.time.Duration;

/** Whether a client that comes again gets the target that it had, by which cookie, and for how long after it came last. */
public sealed interface Stickiness {
    /** The longest time. */
    Duration LONGEST = Duration.ofDays(7);

    /** Not at all. */
    record None() implements Stickiness {}

    /**
     * By a cookie of the load balancer's own, AWSALB.
     *
     * @param duration 1 s to 7 days; AWS's default is one day
     */
    record LoadBalancerCookie(Duration duration) implements Stickiness {
        /** @throws IllegalArgumentException if the duration is outside its range */
        public LoadBalancerCookie {
            check(duration);
        }
    }

    /**
     * By a cookie that the targets set, and the load balancer's AWSALBAPP-0 beside it: from the response that sets it, for as long as
     * the client sends both.
     *
     * @param name of the targets' cookie: a token that does not begin with {@code AWSALB}
     * @param duration 1 s to 7 days; AWS's default is one day
     */
    record ApplicationCookie(String name, Duration duration) implements Stickiness {
        private static final String OWN_PREFIX = "AWSALB";
        private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}";

        /** @throws IllegalArgumentException if the name is not valid or the duration is outside its range */
        public ApplicationCookie {
            check(duration);
            if (!name.matches(TOKEN) || name.startsWith(OWN_PREFIX)) {
                throw new IllegalArgumentException("'" + name + "' is not a valid name of an application's cookie");
            }
        }
    }

    private static void check(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("stickiness lasts 1 s to 7 days, not " + duration);
        }
    }
}
