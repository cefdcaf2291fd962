package dev.resilient.loadbalancer.settings;

import java.time.Duration;

/**
 * What can be chosen about a load balancer and changed while it runs: the attributes of an Application Load Balancer. A request is
 * treated by the settings of the moment when its head was read; a connection keeps the two durations with which it began.
 *
 * @param idleTimeout how long a connection may be silent; more than zero, at most 4000 s, default 60 s
 * @param clientKeepAlive how long a client's connection is kept for more requests: the first one after that is the last; more than
 *     zero, at most seven days, default one hour
 * @param desyncMode what is done with requests that could be understood in two ways; default defensive
 * @param dropInvalidHeaderFields whether fields are left out whose names have other characters than letters, digits and hyphens;
 *     default false
 * @param forwardedFor what becomes of X-Forwarded-For; default append
 * @param forwardedClientPort whether the client's port is put behind its address in X-Forwarded-For, where one is appended; default
 *     false
 * @param preserveHost whether the Host field is passed on as it came, else with the port that the listener has; default false
 */
public record LoadBalancerSettings(
        Duration idleTimeout,
        Duration clientKeepAlive,
        DesyncMode desyncMode,
        boolean dropInvalidHeaderFields,
        ForwardedForMode forwardedFor,
        boolean forwardedClientPort,
        boolean preserveHost) {
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(4000);
    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofDays(7);

    /** The defaults of an Application Load Balancer. */
    public static final LoadBalancerSettings DEFAULT = new LoadBalancerSettings(
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            DesyncMode.DEFENSIVE,
            false,
            ForwardedForMode.APPEND,
            false,
            false);

    /** @throws IllegalArgumentException if a duration is outside its range, saying which */
    public LoadBalancerSettings {
        requireWithin(LONGEST_IDLE, idleTimeout, "idle timeout");
        requireWithin(LONGEST_KEEP_ALIVE, clientKeepAlive, "client keep alive");
    }

    private static void requireWithin(Duration longest, Duration chosen, String name) {
        if (!chosen.isPositive() || chosen.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "the " + name + " is more than zero and at most " + longest + ", not " + chosen);
        }
    }

    /** The same settings with another idle timeout. */
    public LoadBalancerSettings withIdleTimeout(Duration newTimeout) {
        return new LoadBalancerSettings(
                newTimeout,
                clientKeepAlive,
                desyncMode,
                dropInvalidHeaderFields,
                forwardedFor,
                forwardedClientPort,
                preserveHost);
    }

    /** The same settings with another time for which connections of clients are kept. */
    public LoadBalancerSettings withClientKeepAlive(Duration newKeepAlive) {
        return new LoadBalancerSettings(
                idleTimeout,
                newKeepAlive,
                desyncMode,
                dropInvalidHeaderFields,
                forwardedFor,
                forwardedClientPort,
                preserveHost);
    }

    /** The same settings with another desync mitigation mode. */
    public LoadBalancerSettings withDesyncMode(DesyncMode newMode) {
        return new LoadBalancerSettings(
                idleTimeout,
                clientKeepAlive,
                newMode,
                dropInvalidHeaderFields,
                forwardedFor,
                forwardedClientPort,
                preserveHost);
    }

    /** The same settings, with fields of unusual names left out or not. */
    public LoadBalancerSettings withDropInvalidHeaderFields(boolean drop) {
        return new LoadBalancerSettings(
                idleTimeout, clientKeepAlive, desyncMode, drop, forwardedFor, forwardedClientPort, preserveHost);
    }

    /** The same settings with another treatment of X-Forwarded-For. */
    public LoadBalancerSettings withForwardedFor(ForwardedForMode newMode, boolean clientPort) {
        return new LoadBalancerSettings(
                idleTimeout, clientKeepAlive, desyncMode, dropInvalidHeaderFields, newMode, clientPort, preserveHost);
    }

    /** The same settings, with the Host field passed on as it came or not. */
    public LoadBalancerSettings withPreserveHost(boolean preserve) {
        return new LoadBalancerSettings(
                idleTimeout,
                clientKeepAlive,
                desyncMode,
                dropInvalidHeaderFields,
                forwardedFor,
                forwardedClientPort,
                preserve);
    }
}
