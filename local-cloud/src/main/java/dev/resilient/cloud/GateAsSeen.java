package dev.resilient.cloud;

import dev.resilient.cloud.base.Realism;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import java.util.Objects;
import java.util.Optional;

/** The gate with IAM's users, roles, policies and keys as each service sees them. */
record GateAsSeen(Gate gate, Realism realism) implements Gate {
    private static final String TEMPORARY = "ASIA";

    /** A session's key carries all that it stands for in its token, so that it can be used as soon as it is issued. */
    @Override
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return accessKeyId.startsWith(TEMPORARY)
                ? gate.accessKey(accessKeyId)
                : realism.propagated("keys", () -> gate.accessKey(accessKeyId));
    }

    @Override
    public Decision decide(Caller caller, Access.Question question, Origin origin) {
        String action = Objects.requireNonNull(question.action());
        String service = action.substring(0, action.indexOf(':'));
        return realism.propagated(service, () -> gate.decide(caller, question, origin));
    }
}
