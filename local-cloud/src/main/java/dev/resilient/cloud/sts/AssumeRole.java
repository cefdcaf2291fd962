package dev.resilient.cloud.sts;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.cloud.identity.RoleDirectory.AssumableRole;
import dev.resilient.policy.Outcome;
import dev.resilient.policy.PolicyEvaluator;
import dev.resilient.policy.PolicyEvaluator.Question;
import dev.resilient.policy.PolicyType;
import dev.resilient.policy.PrincipalElement.Requester;
import dev.resilient.wire.Access;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * A caller becomes a session of a role. The role's trust policy decides, and with it the caller's own policies: an explicit
 * deny in either ends it, and a role that trusts the account as a whole leaves it to the caller's policies to allow it.
 */
record AssumeRole(RoleDirectory roles, RoleSessions sessions, Authorizer authorizer) {
    private static final String ACTION = "sts:AssumeRole";
    private static final SupportedMembers MEMBERS =
            SupportedMembers.of("RoleArn RoleSessionName DurationSeconds ExternalId");
    private static final Duration DEFAULT_DURATION = Duration.ofHours(1);
    private static final Duration LONGEST_CHAINED = Duration.ofHours(1);

    AssumeRoleResponse handle(AssumeRoleRequest request, Call call) {
        MEMBERS.check(request);
        Caller caller = call.caller();
        String roleName = request.roleArn().substring(request.roleArn().lastIndexOf('/') + 1);
        AssumableRole role = roles.role(roleName)
                .filter(found -> found.arn().equals(request.roleArn()))
                .orElseThrow(() -> denied(caller, request.roleArn(), ""));
        Outcome outcome = outcome(role, request, call);
        refuseIf(
                !(outcome instanceof Outcome.Allowed), () -> denied(caller, request.roleArn(), outcome.reason(ACTION)));
        AccessKey key = sessions.open(role, request.roleSessionName(), duration(request, role, caller));
        return AssumeRoleResponse.builder()
                .credentials(Sts.credentials(key))
                .assumedRoleUser(user ->
                        user.arn(key.caller().arn()).assumedRoleId(key.caller().userId()))
                .build();
    }

    private Outcome outcome(AssumableRole role, AssumeRoleRequest request, Call call) {
        Caller caller = call.caller();
        Access.Question question = new Access.Question(ACTION, role.arn(), Map.of()).of(ACTION, request);
        Outcome own = authorizer.outcome(caller, question, call.origin());
        if (own instanceof Outcome.ExplicitlyDenied) {
            return own;
        }
        Map<String, List<String>> context = authorizer.contextOf(caller, question, call.origin());
        List<String> names = new ArrayList<>(context.getOrDefault("aws:PrincipalArn", List.of()));
        names.add(caller.arn());
        Requester requester = new Requester.Principal(caller.accountId(), names);
        return switch (PolicyEvaluator.trust(role.trust(), requester, new Question(ACTION, role.arn(), context))) {
            case REQUESTER -> new Outcome.Allowed();
            case ACCOUNT -> own;
            case NONE -> new Outcome.ImplicitlyDenied(PolicyType.TRUST);
            case DENIED -> new Outcome.ExplicitlyDenied(PolicyType.TRUST);
        };
    }

    private static Duration duration(AssumeRoleRequest request, AssumableRole role, Caller caller) {
        Duration duration =
                request.durationSeconds() == null ? DEFAULT_DURATION : Duration.ofSeconds(request.durationSeconds());
        refuseIf(
                duration.compareTo(role.maximumSession()) > 0,
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        refuseIf(
                caller.arn().contains(":assumed-role/") && duration.compareTo(LONGEST_CHAINED) > 0,
                "ValidationError",
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
                        + " chaining.");
        return duration;
    }

    private static ServiceError denied(Caller caller, String roleArn, String why) {
        return new ServiceError("AccessDenied", 403, Authorizer.subject(caller, ACTION, roleArn) + why);
    }
}
