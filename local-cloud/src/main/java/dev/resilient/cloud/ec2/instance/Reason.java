package dev.resilient.cloud.ec2.instance;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Why an instance changed its state, in EC2's words. */
enum Reason {
    /** A call of StopInstances or TerminateInstances. */
    USER_REQUEST("Client.UserInitiatedShutdown", "User initiated shutdown"),
    /** Its processes came to their end. */
    OWN_SHUTDOWN("Client.InstanceInitiatedShutdown", "Instance initiated shutdown"),
    /** It was killed, or could not be started. */
    SERVER_ERROR("Server.InternalError", "Internal error");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

    private final String code;
    private final String words;

    Reason(String code, String words) {
        this.code = code;
        this.words = words;
    }

    StateReason shown() {
        return StateReason.builder().code(code).message(code + ": " + words).build();
    }

    /** The {@code StateTransitionReason} of an instance that changed its state at this moment. */
    String ofTransition(Instant at) {
        return switch (this) {
            case USER_REQUEST -> "User initiated (" + TIME.format(at) + ")";
            case OWN_SHUTDOWN -> "";
            case SERVER_ERROR -> code;
        };
    }
}
