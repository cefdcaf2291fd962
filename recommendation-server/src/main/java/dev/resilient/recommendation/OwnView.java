package dev.resilient.recommendation;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server knows of itself that nobody outside can see, at one moment.
 *
 * @param parameters those in force
 * @param sinceParametersRead how long ago they were read last; empty if they never were
 * @param circuit the state of the circuit in front of the table, as in {@code closed}, {@code open} or {@code half_open}
 * @param sinceLastGood how long ago the table last worked; empty if it never did
 */
record OwnView(
        ServiceParameters parameters,
        Optional<Duration> sinceParametersRead,
        String circuit,
        Optional<Duration> sinceLastGood) {

    /** The view now. */
    static OwnView of(ParameterWatcher parameters, CurrentTable tables, LastGood lastGood) {
        ServiceParameters inForce = parameters.current();
        return new OwnView(inForce, parameters.age(), tables.of(inForce).circuit(), lastGood.sinceItWorked());
    }
}
