package dev.resilient.scenario.drill.report;

/**
 * What the generator of the requests did.
 *
 * @param requestsPerSecond how many were to be sent
 * @param sent how many were
 * @param connections how many it had open at most
 * @param waited how many requests had to wait for a connection
 * @param lateP99Millis how long after its time the generator turned to a request, for 99 of 100 of them
 * @param lateMaxMillis the same for all of them
 * @param wasLimit whether the generator, and not the service, limited what was measured
 */
public record LoadReport(
        double requestsPerSecond,
        long sent,
        int connections,
        long waited,
        double lateP99Millis,
        double lateMaxMillis,
        boolean wasLimit) {}
