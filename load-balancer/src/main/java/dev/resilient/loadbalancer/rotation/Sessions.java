package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.target.Stickiness;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stickiness at work: who gets a request of a client that may have been here before. Thread-safe; does not block. */
interface Sessions {

    /** One of {@code members}, which are at least one: by the strategy, or the one that the client had. */
    Choice choose(RequestHead request, List<Member> members, Strategy strategy);

    /**
     * The sessions that a setting asks for.
     *
     * @param group tells the cookies of one group from those of another
     */
    static Sessions of(Stickiness stickiness, String group, Owner owner) {
        return switch (stickiness) {
            case Stickiness.None() ->
                (request, members, strategy) ->
                        strategy.choose(members).routed().withoutCookies();
            case Stickiness.LoadBalancerCookie(Duration duration) ->
                new ByOwnCookie(SessionCookie.everywhere("AWSALB", duration, owner), group);
            case Stickiness.ApplicationCookie(String name, Duration duration) ->
                new ByApplicationCookie(name, SessionCookie.plain("AWSALBAPP-0", duration, owner), group);
        };
    }

    /** The cookie is set with every response, so that a session ends only when the client stays away. */
    record ByOwnCookie(SessionCookie cookie, String group) implements Sessions {
        @Override
        public Choice choose(RequestHead request, List<Member> members, Strategy strategy) {
            Member had = find(cookie.read(request), group, members);
            Member chosen = had == null ? strategy.choose(members) : had;
            return new Choice(chosen.routed(), response -> cookie.lines(id(chosen, group)));
        }
    }

    /** The cookie is set when the target sets its own, and when another target has to take over. */
    record ByApplicationCookie(String applications, SessionCookie cookie, String group) implements Sessions {
        @Override
        public Choice choose(RequestHead request, List<Member> members, Strategy strategy) {
            String remembered = request.cookie(applications) == null ? null : cookie.read(request);
            Member had = find(remembered, group, members);
            Member chosen = had == null ? strategy.choose(members) : had;
            boolean tookOver = remembered != null && had == null;
            return new Choice(
                    chosen.routed(),
                    response -> tookOver || response.sets(applications) ? cookie.lines(id(chosen, group)) : "");
        }
    }

    private static @Nullable Member find(@Nullable String id, String group, List<Member> members) {
        if (id == null) {
            return null;
        }
        return members.stream()
                .filter(member -> id.equals(id(member, group)))
                .findFirst()
                .orElse(null);
    }

    private static String id(Member member, String group) {
        return group + " " + member.target().id() + " " + member.target().address();
    }
}
