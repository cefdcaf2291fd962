package dev.resilient.loadbalancer.rotation;

/**
 * The target for one request.
 *
 * @param cookies by which the client comes back to it
 */
public record Choice(RoutedTarget routed, SetCookies cookies) {

    /** The same choice with more cookies, before those that it has. */
    public Choice with(SetCookies more) {
        return new Choice(routed, response -> more.lines(response) + cookies.lines(response));
    }
}
