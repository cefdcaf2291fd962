package dev.resilient.cloud.identity;

import dev.resilient.cloud.identity.PolicyEvaluator.Outcome;
import dev.resilient.cloud.identity.PolicyEvaluator.Question;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gate of the cloud: finds the key behind a signature and lets the principal's policies of this moment decide. A key whose
 * principal is gone is no key any more. Thread-safe.
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
                .filter(key -> principals.find(key.caller()).isPresent());
    }

    @Override
    public Decision decide(Caller caller, String action, String resource, Map<String, String> context) {
        return switch (outcome(caller, action, resource, context)) {
            case ALLOWED -> new Decision.Allowed();
            case EXPLICITLY_DENIED ->
                new Decision.Denied(
                        subject(caller, action, resource) + " with an explicit deny in an identity-based policy");
            case IMPLICITLY_DENIED ->
                new Decision.Denied(subject(caller, action, resource) + " because no identity-based policy allows the "
                        + action + " action");
        };
    }

    /** Like {@link #decide}, for callers that combine the outcome with another policy's. */
    public Outcome outcome(Caller caller, String action, String resource, Map<String, String> context) {
        return principals
                .find(caller)
                .map(principal -> PolicyEvaluator.evaluate(
                        principal.policies(), new Question(action, resource, keysOf(caller, principal, context))))
                .orElse(Outcome.IMPLICITLY_DENIED);
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

    private Map<String, List<String>> keysOf(Caller caller, Principal principal, Map<String, String> context) {
        Map<String, List<String>> all = new HashMap<>();
        context.forEach((key, value) -> all.put(key, List.of(value)));
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        all.put("aws:CurrentTime", List.of(DateTimeFormatter.ISO_INSTANT.format(now)));
        all.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
        all.put("aws:PrincipalArn", List.of(principal.arn()));
        all.put("aws:PrincipalAccount", List.of(caller.accountId()));
        all.put("aws:userid", List.of(caller.userId()));
        // The endpoint of the local cloud speaks plain HTTP, on loopback only.
        all.put("aws:SecureTransport", List.of("false"));
        return all;
    }
}
