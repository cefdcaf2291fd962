package dev.resilient.cloud.sts;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.cloud.identity.RoleCredentials.Issued;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.cloud.identity.RoleDirectory.AssumableRole;
import dev.resilient.policy.PolicyEvaluator;
import dev.resilient.policy.PolicyEvaluator.Question;
import dev.resilient.policy.PolicyEvaluator.Trust;
import dev.resilient.policy.PrincipalElement.Requester;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens role sessions and renews those of instances. What a session may do is not fixed when it is opened: the role's policies
 * are asked at each call. Thread-safe.
 */
public final class RoleSessions {
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);
    /** AWS promises new credentials at least five minutes before the old ones expire. */
    private static final Duration RENEWED_BEFORE_EXPIRATION = Duration.ofMinutes(10);

    private static final Requester EC2 = new Requester.Service("ec2.amazonaws.com");
    private final Map<SessionOfInstance, Issued> current = new ConcurrentHashMap<>();
    private final Account account;
    private final RoleDirectory roles;
    private final AccessKeys keys;
    private final TimeSource time;
    private final Duration instanceSession;

    /**
     * No sessions yet.
     *
     * @param instanceSession how long an instance's credentials work, at least 15 minutes; EC2's last 6 hours
     */
    public RoleSessions(
            Account account, RoleDirectory roles, AccessKeys keys, TimeSource time, Duration instanceSession) {
        if (instanceSession.compareTo(SHORTEST_SESSION) < 0) {
            throw new IllegalArgumentException(
                    "a session lasts at least " + SHORTEST_SESSION + ", but is to last " + instanceSession);
        }
        this.account = account;
        this.roles = roles;
        this.keys = keys;
        this.time = time;
        this.instanceSession = instanceSession;
    }

    /**
     * The credentials of an instance: the same ones at each call, until new ones take their place ten minutes before they
     * expire. A role that takes the place of another in the profile is a new session at once. Whether the role trusts EC2 is
     * asked when credentials are issued.
     *
     * @param instanceProfile its name or its ARN
     * @param instanceId also the name of the session
     */
    public RoleCredentials ofInstance(String instanceProfile, String instanceId) {
        var profile = roles.instanceProfile(instanceProfile);
        if (profile.isEmpty()) {
            return new RoleCredentials.NoProfile();
        }
        String roleName = profile.get().roleName();
        var role = roleName == null ? null : roles.role(roleName).orElse(null);
        if (role == null) {
            return new RoleCredentials.NoRole();
        }
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        current.values().removeIf(issued -> isDue(issued, now));
        SessionOfInstance session = new SessionOfInstance(role.id(), instanceId);
        Issued issued = current.get(session);
        if (issued != null) {
            return issued;
        }
        Question question = new Question("sts:AssumeRole", role.arn(), Map.of());
        return PolicyEvaluator.trust(role.trust(), EC2, question) == Trust.REQUESTER
                ? current.computeIfAbsent(session, key -> issue(role, instanceId, now))
                : new RoleCredentials.NotTrusted(role.name(), now);
    }

    /** A new key for a new session of {@code role}; whether the caller may have it is decided already. */
    AccessKey open(AssumableRole role, String sessionName, Duration duration) {
        return keys.createTemporary(
                new Caller(
                        account.id(),
                        account.globalArn("sts", "assumed-role/" + role.name() + "/" + sessionName),
                        role.id() + ":" + sessionName),
                duration);
    }

    private Issued issue(AssumableRole role, String instanceId, Instant now) {
        AccessKey key = open(role, instanceId, instanceSession);
        return new Issued(
                role.name(),
                key.id(),
                key.secret(),
                Objects.requireNonNull(key.sessionToken()),
                now,
                Objects.requireNonNull(key.expiration()));
    }

    private static boolean isDue(Issued issued, Instant now) {
        return !now.isBefore(issued.expiration().minus(RENEWED_BEFORE_EXPIRATION));
    }

    private record SessionOfInstance(String roleId, String instanceId) {}
}
