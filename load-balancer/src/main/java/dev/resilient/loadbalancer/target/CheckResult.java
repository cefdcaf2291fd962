package dev.resilient.loadbalancer.target;

/** How one health check ended. */
public sealed interface CheckResult {

    /** With a status line. */
    record Answered(int status) implements CheckResult {}

    /** Not within its timeout. */
    record TimedOut() implements CheckResult {}

    /** Without a connection, or without HTTP on it. */
    record NoAnswer() implements CheckResult {}

    /** Not made, since the load balancer itself could not: it has no socket left, for example. */
    record NotMade() implements CheckResult {}
}
