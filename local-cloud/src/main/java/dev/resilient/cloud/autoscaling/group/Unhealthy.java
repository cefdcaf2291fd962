package dev.resilient.cloud.autoscaling.group;

/** Who found an instance unhealthy. */
public enum Unhealthy {
    EC2("an EC2 health check indicating it has been terminated or stopped"),
    ELB("an ELB system health check failure"),
    USER("a user health-check");

    private final String phrase;

    Unhealthy(String phrase) {
        this.phrase = phrase;
    }

    /** As an activity's cause says it. */
    public String phrase() {
        return phrase;
    }
}
