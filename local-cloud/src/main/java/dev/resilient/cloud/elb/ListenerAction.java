package dev.resilient.cloud.elb;

import java.util.List;
import java.util.Optional;

/** What a listener, or one of its rules, does with requests. */
sealed interface ListenerAction {

    /** The ARNs of the target groups that it forwards to. */
    default List<String> targetGroups() {
        return List.of();
    }

    /**
     * Sends them to targets.
     *
     * @param stickySeconds how long a client stays with a group; empty for not at all
     */
    record Forward(List<Share> shares, Optional<Integer> stickySeconds) implements ListenerAction {
        public Forward {
            shares = List.copyOf(shares);
        }

        @Override
        public List<String> targetGroups() {
            return shares.stream().map(Share::targetGroupArn).toList();
        }
    }

    /** A target group and its weight. */
    record Share(String targetGroupArn, int weight) {}

    /** Sends the client elsewhere; the parts of the URL may have placeholders. */
    record Redirect(int status, String protocol, String host, String port, String path, String query)
            implements ListenerAction {}

    /** Answers them. */
    record FixedResponse(int status, String contentType, String body) implements ListenerAction {}
}
