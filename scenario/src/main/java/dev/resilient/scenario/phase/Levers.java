package dev.resilient.scenario.phase;

import dev.resilient.scenario.resource.ServiceParameter;

/** What a phase may do to the service: the few things that an operator, or bad luck, could do to it as well. */
public interface Levers {

    /** Gives a parameter a value. */
    void set(ServiceParameter parameter, String value);

    /** Gives a parameter the value that it has in an undisturbed deployment. */
    void reset(ServiceParameter parameter);

    /**
     * Gives one instance a profile that may read the parameters and nothing else, and reboots it, so that its server takes up the new
     * credentials. An instance that has that profile already is only rebooted.
     *
     * @return the id of the instance
     */
    String restrictOneInstance();

    /**
     * Does the same to this instance.
     *
     * @throws dev.resilient.scenario.base.ScenarioException if it is not in service, or has no profile
     */
    void restrict(String instanceId);

    /**
     * The instance that {@link #restrictOneInstance} restricted, found by its profile.
     *
     * @throws dev.resilient.scenario.base.ScenarioException if there is none
     */
    String restrictedInstance();

    /** Terminates an instance through its Auto Scaling group, which is to replace it. */
    void terminate(String instanceId);
}
