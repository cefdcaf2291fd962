package dev.resilient.wire;

import java.util.Set;

/**
 * How a service appears on the wire.
 *
 * @param signingName the service in a signature's credential scope, and the prefix of its IAM actions: {@code dynamodb}
 * @param modelPackage the package of the SDK's request classes: {@code software.amazon.awssdk.services.dynamodb.model}
 * @param version the API version that requests carry: {@code 2012-08-10}
 * @param protocol the wire protocol that the service speaks
 */
public record ServiceModel(String signingName, String modelPackage, String version, Protocol protocol) {

    private static final Set<String> GLOBAL = Set.of("iam", "sts");

    /** Whether AWS runs the service, or one endpoint of it, for all regions: signatures may then name another region. */
    public boolean isGlobal() {
        return GLOBAL.contains(signingName);
    }

    /** The wire protocols, each with what differs between the services that speak it. */
    public sealed interface Protocol {
        /**
         * Form-encoded requests, XML responses: IAM, STS, Auto Scaling, Elastic Load Balancing.
         *
         * @param namespace the XML namespace of responses
         */
        record Query(String namespace) implements Protocol {}

        /**
         * EC2's own dialect of {@link Query}: flattened lists, no result wrapper, its own error document.
         *
         * @param namespace the XML namespace of responses
         */
        record Ec2Query(String namespace) implements Protocol {}

        /**
         * JSON in, JSON out: DynamoDB (1.0), Systems Manager (1.1).
         *
         * @param contentVersion {@code 1.0} or {@code 1.1}, as in {@code application/x-amz-json-1.0}
         * @param targetPrefix what precedes the operation's name in {@code X-Amz-Target}: {@code DynamoDB_20120810}
         * @param errorNamespace what precedes {@code #} in an error's {@code __type}; empty for none
         */
        record Json(String contentVersion, String targetPrefix, String errorNamespace) implements Protocol {}

        /**
         * Resources as paths, XML bodies: S3.
         *
         * @param namespace the XML namespace of responses
         */
        record RestXml(String namespace) implements Protocol {}
    }
}
