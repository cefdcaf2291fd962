package dev.resilient.cloud.sts;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.cloud.identity.Session;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

/** Reads what a session is to be like. What is not supported is refused, as leaving it out would give more than was meant. */
record SessionReader(RoleDirectory roles) {
    private static final int MAXIMUM_POLICY_SIZE = 2048;
    private static final int MAXIMUM_POLICIES = 10;
    private static final SupportedMembers MEMBERS = SupportedMembers.of("""
        RoleArn RoleSessionName DurationSeconds ExternalId Policy PolicyArns Tags\
        """);

    Session read(AssumeRoleRequest request) {
        MEMBERS.check(request);
        List<PolicyDocument> policies = new ArrayList<>();
        refuseIf(
                request.policyArns().size() > MAXIMUM_POLICIES,
                "ValidationError",
                "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must"
                        + " have length less than or equal to " + MAXIMUM_POLICIES);
        for (PolicyDescriptorType policy : request.policyArns()) {
            policies.add(roles.managedPolicy(policy.arn())
                    .orElseThrow(() -> ServiceError.badRequest(
                            "MalformedPolicyDocument",
                            "Policy " + policy.arn() + " does not exist or is not attachable.")));
        }
        if (request.policy() != null) {
            refuseIf(
                    request.policy().length() > MAXIMUM_POLICY_SIZE,
                    "ValidationError",
                    "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must"
                            + " have length less than or equal to " + MAXIMUM_POLICY_SIZE);
            policies.add(PolicyDocument.parse(request.policy(), PolicyDocument.Kind.IDENTITY));
        }
        return new Session(policies, tags(request.tags()));
    }

    private static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Tag tag : tags) {
            if (map.put(tag.key(), tag.value()) != null) {
                throw ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        return map;
    }
}
