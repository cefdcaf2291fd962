package dev.resilient.cloud.identity;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.identity.AccessKeys.IssuedKey;
import dev.resilient.policy.Context;
import dev.resilient.policy.Outcome;
import dev.resilient.policy.PolicyEvaluator;
import dev.resilient.policy.PolicyEvaluator.Question;
import dev.resilient.policy.PolicyType;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The gate of the cloud: finds the key behind a signature and lets the principal's policies of this moment decide. A key whose
 * principal is gone, or that was switched off, is no key any more. Thread-safe.
 */
public final class Authorizer implements Gate {
    private static final String NO = "false";
    private final AccessKeys keys;
    private final PrincipalDirectory principals;
    private final ResourceKeys resources;
    private final Account account;
    private final TimeSource time;

    /** A gate over these keys and principals, whose conditions know of these resources. */
    public Authorizer(CloudContext cloud, AccessKeys keys, PrincipalDirectory principals, ResourceKeys resources) {
        this.keys = keys;
        this.principals = principals;
        this.resources = resources;
        this.account = cloud.account();
        this.time = cloud.time();
    }

    @Override
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return keys.find(accessKeyId)
                .filter(IssuedKey::active)
                .map(IssuedKey::key)
                .filter(key -> principals.knows(key.caller()));
    }

    @Override
    public Decision decide(Caller caller, Access.Question question, Origin origin) {
        String action = action(question);
        refuseSessionsOfUsersToIam(caller, action);
        Outcome outcome = outcome(caller, question, origin);
        return outcome instanceof Outcome.Allowed
                ? new Decision.Allowed()
                : new Decision.Denied(subject(caller, action, question.resource()) + outcome.reason(action));
    }

    private static String action(Access.Question question) {
        return Objects.requireNonNull(question.action());
    }

    /** Like {@link #decide}, for callers that combine the outcome with another policy's. */
    public Outcome outcome(Caller caller, Access.Question question, Origin origin) {
        return principals
                .find(caller)
                .map(principal -> PolicyEvaluator.evaluate(
                        principal.policies(),
                        new Question(
                                action(question),
                                question.resource(),
                                Context.of(() -> keysOf(caller, principal, question, origin)))))
                .orElse(new Outcome.ImplicitlyDenied(PolicyType.IDENTITY));
    }

    /**
     * The sentence that every denial begins with: who may not do what on which resource, if the action knows resources. S3 puts
     * it in quotes.
     */
    public static String subject(Caller caller, String action, String resource) {
        String quote = action.startsWith("s3:") ? "\"" : "";
        return "User: " + caller.arn() + " is not authorized to perform: " + action
                + (resource.equals("*") ? "" : " on resource: " + quote + resource + quote);
    }

    /** The condition keys of a question by {@code caller}: the request's own, and those that every request has. */
    public Map<String, List<String>> contextOf(Caller caller, Access.Question question, Origin origin) {
        return principals
                .find(caller)
                .map(principal -> keysOf(caller, principal, question, origin))
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

    /** What comes later wins: no request has a say in what is known of everybody's. */
    private Map<String, List<String>> keysOf(
            Caller caller, Principal principal, Access.Question question, Origin origin) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String service = action(question).substring(0, action(question).indexOf(':'));
        if (question.request() != null) {
            resources.keysOf(question.resource(), question.request()).forEach((key, values) -> {
                all.put("aws:" + key, values);
                all.put(service + ":" + key, values);
            });
            new RequestKeys(all, question.resource()).add(service, question.request());
        }
        Stream.of(question.context(), principal.keys(), common(caller, service, origin))
                .forEach(known -> known.forEach((key, value) -> all.put(key, List.of(value))));
        all.put("aws:PrincipalArn", List.of(principal.arn()));
        keys.find(caller.accessKeyId()).filter(key -> !key.isLongTerm()).ifPresent(key -> {
            all.put("aws:TokenIssueTime", List.of(DateTimeFormatter.ISO_INSTANT.format(key.created())));
            all.put("aws:MultiFactorAuthPresent", List.of(NO));
        });
        return all;
    }

    private Map<String, String> common(Caller caller, String service, Origin origin) {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, String> common = new HashMap<>(Map.of(
                "aws:CurrentTime", DateTimeFormatter.ISO_INSTANT.format(now),
                "aws:EpochTime", Long.toString(now.getEpochSecond()),
                "aws:PrincipalAccount", caller.accountId(),
                "aws:PrincipalIsAWSService", NO,
                "aws:userid", caller.userId(),
                "aws:ViaAWSService", NO,
                // The endpoint of the local cloud speaks plain HTTP, on loopback only.
                "aws:SecureTransport", NO,
                "aws:ResourceAccount", account.id(),
                "s3:ResourceAccount", account.id(),
                "ec2:Region", account.region()));
        // IAM is in one region for all of the world.
        common.put("aws:RequestedRegion", service.equals("iam") ? "us-east-1" : account.region());
        common.put("aws:SourceIp", origin.address());
        common.put("aws:UserAgent", origin.userAgent());
        common.values().removeIf(String::isEmpty);
        return common;
    }
}
