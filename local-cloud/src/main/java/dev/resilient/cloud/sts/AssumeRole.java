package dev.resilient.cloud.sts;

import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.cloud.identity.PolicyEvaluator;
import dev.resilient.cloud.identity.PolicyEvaluator.Outcome;
import dev.resilient.cloud.identity.PolicyEvaluator.Question;
import dev.resilient.cloud.identity.PrincipalElement.Requester;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.cloud.identity.RoleDirectory.AssumableRole;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * A caller becomes a session of a role. The role's trust policy decides, and with it the caller's own policies: an explicit
 * deny in either ends it, and a role that trusts the account as a whole leaves it to the caller's policies to allow it.
 */
final class AssumeRole {
    private static final String ACTION = "sts:AssumeRole";
    private static final Duration DEFAULT_DURATION = Duration.ofHours(1);
    private static final Duration LONGEST_CHAINED = Duration.ofHours(1);
    private final RoleDirectory roles;
    private final RoleSessions sessions;
    private final Authorizer authorizer;

    AssumeRole(RoleDirectory roles, RoleSessions sessions, Authorizer authorizer) {
        this.roles = roles;
        this.sessions = sessions;
        this.authorizer = authorizer;
    }

    AssumeRoleResponse handle(AssumeRoleRequest request, Call call) {
        refuseUnsupported(request);
        String roleName = request.roleArn().substring(request.roleArn().lastIndexOf('/') + 1);
        AssumableRole role = roles.role(roleName)
                .filter(found -> found.arn().equals(request.roleArn()))
                .orElseThrow(() -> denied(call.caller(), request.roleArn(), ""));
        authorize(request, role, call.caller());
        AccessKey key = sessions.open(role, request.roleSessionName(), duration(request, role, call.caller()));
        return AssumeRoleResponse.builder()
                .credentials(credentials -> credentials
                        .accessKeyId(key.id())
                        .secretAccessKey(key.secret())
                        .sessionToken(key.sessionToken())
                        .expiration(key.expiration()))
                .assumedRoleUser(user ->
                        user.arn(key.caller().arn()).assumedRoleId(key.caller().userId()))
                .build();
    }

    private void authorize(AssumeRoleRequest request, AssumableRole role, Caller caller) {
        Map<String, String> keys = new HashMap<>();
        keys.put("sts:RoleSessionName", request.roleSessionName());
        if (request.externalId() != null) {
            keys.put("sts:ExternalId", request.externalId());
        }
        Outcome own = authorizer.outcome(caller, ACTION, role.arn(), keys);
        if (own == Outcome.EXPLICITLY_DENIED) {
            throw denied(caller, role.arn(), " with an explicit deny in an identity-based policy");
        }
        Map<String, List<String>> context = authorizer.contextOf(caller, keys);
        List<String> principal = context.getOrDefault("aws:PrincipalArn", List.of());
        Requester requester = new Requester.Principal(
                caller.accountId(), List.of(caller.arn(), principal.isEmpty() ? caller.arn() : principal.getFirst()));
        switch (PolicyEvaluator.trust(role.trust(), requester, new Question(ACTION, role.arn(), context))) {
            case REQUESTER -> {}
            case ACCOUNT -> {
                if (own != Outcome.ALLOWED) {
                    throw denied(
                            caller, role.arn(), " because no identity-based policy allows the " + ACTION + " action");
                }
            }
            case NONE ->
                throw denied(caller, role.arn(), " because no role trust policy allows the " + ACTION + " action");
            case DENIED -> throw denied(caller, role.arn(), " with an explicit deny in a role trust policy");
        }
    }

    private static Duration duration(AssumeRoleRequest request, AssumableRole role, Caller caller) {
        Duration duration =
                request.durationSeconds() == null ? DEFAULT_DURATION : Duration.ofSeconds(request.durationSeconds());
        if (duration.compareTo(role.maximumSession()) > 0) {
            throw ServiceError.badRequest(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        if (caller.arn().contains(":assumed-role/") && duration.compareTo(LONGEST_CHAINED) > 0) {
            throw ServiceError.badRequest(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
                            + " chaining.");
        }
        return duration;
    }

    /** What would narrow or mark the session must not be lost silently. */
    private static void refuseUnsupported(AssumeRoleRequest request) {
        boolean narrowed = request.policy() != null || request.hasPolicyArns();
        boolean marked = request.hasTags() || request.sourceIdentity() != null || request.hasProvidedContexts();
        boolean multiFactor = Objects.nonNull(request.serialNumber()) || Objects.nonNull(request.tokenCode());
        if (narrowed || marked || multiFactor) {
            throw ServiceError.badRequest(
                    "ValidationError",
                    "AssumeRole supports neither session policies nor session tags, source identities, contexts or"
                            + " multi-factor authentication in this cloud.");
        }
    }

    private static ServiceError denied(Caller caller, String roleArn, String why) {
        return new ServiceError("AccessDenied", 403, Authorizer.subject(caller, ACTION, roleArn) + why);
    }
}
