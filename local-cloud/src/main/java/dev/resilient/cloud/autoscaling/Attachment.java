package dev.resilient.cloud.autoscaling;

/** A target group that a group's instances are registered with. */
record Attachment(String targetGroupArn, State state) {

    Attachment in(State next) {
        return new Attachment(targetGroupArn, next);
    }

    /** How far it is, with AWS's names. */
    enum State {
        ADDING("Adding"),
        ADDED("Added"),
        IN_SERVICE("InService"),
        REMOVING("Removing");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
