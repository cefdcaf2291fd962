package dev.resilient.cloud.autoscaling.group;

/** A target group that a group's instances are registered with. */
public record Attachment(String targetGroupArn, State state) {

    /** Whether it is not on its way out. */
    public boolean stays() {
        return state != State.REMOVING;
    }

    /** In another state. */
    public Attachment in(State next) {
        return new Attachment(targetGroupArn, next);
    }

    /** How far it is, with AWS's names. */
    public enum State {
        ADDING("Adding"),
        ADDED("Added"),
        IN_SERVICE("InService"),
        REMOVING("Removing");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        /** As the API shows it. */
        public String wireName() {
            return wireName;
        }
    }
}
