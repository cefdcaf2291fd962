package dev.resilient.policy;

import java.util.List;

/**
 * Whom a statement of a trust policy is about.
 *
 * @param aws account ids, ARNs of accounts, users, roles and sessions, or {@code *}
 * @param services names such as {@code ec2.amazonaws.com}
 * @param inverted for {@code NotPrincipal}: everyone but these
 */
public record PrincipalElement(List<String> aws, List<String> services, boolean inverted) {
    static final PrincipalElement NONE = new PrincipalElement(List.of(), List.of(), false);

    /** Keeps its own copies. */
    public PrincipalElement {
        aws = List.copyOf(aws);
        services = List.copyOf(services);
    }

    /** Whether it names {@code requester} itself, or everyone; or, inverted, does not spare it. */
    boolean names(Requester requester) {
        if (inverted) {
            return !spares(requester);
        }
        return switch (requester) {
            case Requester.Service(String name) -> services.contains(name);
            case Requester.Principal(String account, List<String> arns) ->
                aws.contains("*") || aws.stream().anyMatch(arns::contains);
        };
    }

    /** Whether it names {@code requester}, everyone, or the requester's account. */
    boolean covers(Requester requester) {
        return names(requester)
                || (!inverted && requester instanceof Requester.Principal principal && namesAccountOf(principal));
    }

    /** Who is to be left alone has to be listed by every name: its own, its role's, and its account's. */
    private boolean spares(Requester requester) {
        return switch (requester) {
            case Requester.Service(String name) -> services.contains(name);
            case Requester.Principal principal ->
                aws.contains("*") || (aws.containsAll(principal.arns()) && namesAccountOf(principal));
        };
    }

    private boolean namesAccountOf(Requester.Principal principal) {
        return aws.contains(principal.accountId()) || aws.contains("arn:aws:iam::" + principal.accountId() + ":root");
    }

    /** Who wants to assume a role. */
    public sealed interface Requester {
        /**
         * An AWS service.
         *
         * @param name as in {@code ec2.amazonaws.com}
         */
        record Service(String name) implements Requester {}

        /**
         * A user or a role session.
         *
         * @param accountId twelve digits
         * @param arns every ARN that a policy may know it by: a session's own and its role's
         */
        record Principal(String accountId, List<String> arns) implements Requester {}
    }
}
