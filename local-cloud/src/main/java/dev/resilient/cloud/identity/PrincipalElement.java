package dev.resilient.cloud.identity;

import java.util.List;

/**
 * Whom a statement of a trust policy is about.
 *
 * @param aws account ids, ARNs of accounts, users, roles and sessions, or {@code *}
 * @param services names such as {@code ec2.amazonaws.com}
 */
public record PrincipalElement(List<String> aws, List<String> services) {
    static final PrincipalElement NONE = new PrincipalElement(List.of(), List.of());
    static final PrincipalElement ANYONE = new PrincipalElement(List.of("*"), List.of());

    /** Keeps its own copies. */
    public PrincipalElement {
        aws = List.copyOf(aws);
        services = List.copyOf(services);
    }

    /** Whether it names {@code requester} itself, or everyone. */
    boolean names(Requester requester) {
        return switch (requester) {
            case Requester.Service(String name) -> services.contains(name);
            case Requester.Principal(String account, List<String> arns) ->
                aws.contains("*") || aws.stream().anyMatch(arns::contains);
        };
    }

    /** Whether it names {@code requester}, everyone, or the requester's account. */
    boolean covers(Requester requester) {
        return switch (requester) {
            case Requester.Service service -> names(service);
            case Requester.Principal principal ->
                names(principal)
                        || aws.contains(principal.accountId())
                        || aws.contains("arn:aws:iam::" + principal.accountId() + ":root");
        };
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
