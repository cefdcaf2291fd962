package dev.resilient.cloud.autoscaling;

/** Who found an instance unhealthy. */
enum Unhealthy {
    EC2("an EC2 health check indicating it has been terminated or stopped"),
    ELB("an ELB system health check failure"),
    USER("a user health-check");

    private final String phrase;

    Unhealthy(String phrase) {
        this.phrase = phrase;
    }

    /** As an activity's cause says it. */
    String phrase() {
        return phrase;
    }
}
