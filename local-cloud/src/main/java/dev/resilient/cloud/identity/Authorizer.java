package dev.resilient.cloud.identity;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.AccessKeys.IssuedKey;
import dev.resilient.policy.Context;
import dev.resilient.policy.Outcome;
import dev.resilient.policy.PolicyEvaluator;
import dev.resilient.policy.PolicyEvaluator.Question;
import dev.resilient.policy.PolicyType;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gate of the cloud: finds the key behind a signature and lets the principal's policies of this moment decide. A key whose
 * principal is gone, or that was switched off, is no key any more. Thread-safe.
 */
public final class Authorizer implements Gate {
    private final AccessKeys keys;
    private final PrincipalDirectory principals;
    private final TimeSource time;

    /** A gate over these keys and principals. */
    public Authorizer(AccessKeys keys, PrincipalDirectory principals, TimeSource time) {
        this.keys = keys;
        this.principals = principals;
        this.time = time;
    }

    @Override
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return keys.find(accessKeyId)
                .filter(IssuedKey::active)
                .map(IssuedKey::key)
                .filter(key -> principals.knows(key.caller()));
    }

    @Override
    public Decision decide(Caller caller, String action, String resource, Map<String, String> context) {
        refuseSessionsOfUsersToIam(caller, action);
        Outcome outcome = outcome(caller, action, resource, context);
        return outcome instanceof Outcome.Allowed
                ? new Decision.Allowed()
                : new Decision.Denied(subject(caller, action, resource) + outcome.reason(action));
    }

    /** Like {@link #decide}, for callers that combine the outcome with another policy's. */
    public Outcome outcome(Caller caller, String action, String resource, Map<String, String> context) {
        return principals
                .find(caller)
                .map(principal -> PolicyEvaluator.evaluate(
                        principal.policies(),
                        new Question(action, resource, Context.of(() -> keysOf(caller, principal, context)))))
                .orElse(new Outcome.ImplicitlyDenied(PolicyType.IDENTITY));
    }

    /** The sentence that every denial begins with: who may not do what on which resource, if the action knows resources. */
    public static String subject(Caller caller, String action, String resource) {
        return "User: " + caller.arn() + " is not authorized to perform: " + action
                + (resource.equals("*") ? "" : " on resource: " + resource);
    }

    /** The condition keys of a call by {@code caller}: the request's own, and those that every request has. */
    public Map<String, List<String>> contextOf(Caller caller, Map<String, String> context) {
        return principals
                .find(caller)
                .map(principal -> keysOf(caller, principal, context))
                .orElse(Map.of());
    }

    /** What GetSessionToken gives without multi-factor authentication is no key to IAM. */
    private void refuseSessionsOfUsersToIam(Caller caller, String action) {
        refuseIf(
                action.startsWith("iam:")
                        && caller.arn().contains(":user/")
                        && keys.find(caller.accessKeyId())
                                .filter(key -> !key.isLongTerm())
                                .isPresent(),
                () -> new ServiceError(
                        "InvalidClientTokenId", 403, "The security token included in the request is invalid."));
    }

    private Map<String, List<String>> keysOf(Caller caller, Principal principal, Map<String, String> context) {
        Map<String, List<String>> all = new HashMap<>();
        context.forEach((key, value) -> all.put(key, List.of(value)));
        principal.keys().forEach((key, value) -> all.put(key, List.of(value)));
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        all.put("aws:CurrentTime", List.of(DateTimeFormatter.ISO_INSTANT.format(now)));
        all.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
        keys.find(caller.accessKeyId())
                .filter(key -> !key.isLongTerm())
                .ifPresent(key ->
                        all.put("aws:TokenIssueTime", List.of(DateTimeFormatter.ISO_INSTANT.format(key.created()))));
        all.put("aws:PrincipalArn", List.of(principal.arn()));
        all.put("aws:PrincipalAccount", List.of(caller.accountId()));
        all.put("aws:userid", List.of(caller.userId()));
        // The endpoint of the local cloud speaks plain HTTP, on loopback only.
        all.put("aws:SecureTransport", List.of("false"));
        return all;
    }
}
