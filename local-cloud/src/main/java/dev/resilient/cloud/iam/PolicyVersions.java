package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.OperationRegistry;
import java.util.List;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;

/** The versions of managed policies, five at most, one of which counts. */
record PolicyVersions(Entities entities) {
    private static final int MAXIMUM = 5;

    void register(OperationRegistry operations) {
        var policies = new Registrar<>(operations, entities, Kind.POLICY);
        policies.answer(CreatePolicyVersionRequest.class, this::create);
        policies.answer(GetPolicyVersionRequest.class, request -> GetPolicyVersionResponse.builder()
                .policyVersion(get(request))
                .build());
        policies.answer(ListPolicyVersionsRequest.class, this::list);
        policies.act(SetDefaultPolicyVersionRequest.class, this::setDefault);
        policies.act(DeletePolicyVersionRequest.class, this::delete);
    }

    /** A version's id on the wire: {@code v1}. */
    static String id(int number) {
        return "v" + number;
    }

    private CreatePolicyVersionResponse create(CreatePolicyVersionRequest request) {
        PolicyEntity changed = entities.change(Kind.POLICY, request.policyArn(), policy -> {
            Policies.requireOwn(policy);
            var version = new PolicyEntity.Version(Policies.document(request.policyDocument()), entities.now());
            refuseIf(
                    policy.versions().size() >= MAXIMUM,
                    () -> Entities.limitExceeded("A managed policy can have up to " + MAXIMUM
                            + " versions. Before you create" + " a new version, you must delete an existing version."));
            return policy.withVersion(version, Boolean.TRUE.equals(request.setAsDefault()));
        });
        return CreatePolicyVersionResponse.builder()
                .policyVersion(brief(changed, changed.latestVersion()).build())
                .build();
    }

    private PolicyVersion get(GetPolicyVersionRequest request) {
        PolicyEntity policy = entities.get(Kind.POLICY, request.policyArn());
        int number = number(policy, request.versionId());
        return brief(policy, number)
                .document(Rendering.urlEncoded(policy.version(number).document()))
                .build();
    }

    private ListPolicyVersionsResponse list(ListPolicyVersionsRequest request) {
        PolicyEntity policy = entities.get(Kind.POLICY, request.policyArn());
        // The newest comes first. Numbers only grow, so that a page ends at a number, whatever happens to the others.
        return Rendering.page(
                request,
                ListPolicyVersionsResponse.builder(),
                List.copyOf(policy.versions().keySet()),
                number -> "%010d".formatted(Integer.MAX_VALUE - number),
                number -> brief(policy, number).build());
    }

    private void setDefault(SetDefaultPolicyVersionRequest request) {
        entities.change(Kind.POLICY, request.policyArn(), policy -> {
            Policies.requireOwn(policy);
            return policy.withDefault(number(policy, request.versionId()));
        });
    }

    private void delete(DeletePolicyVersionRequest request) {
        entities.change(Kind.POLICY, request.policyArn(), policy -> {
            Policies.requireOwn(policy);
            int number = number(policy, request.versionId());
            refuseIf(
                    number == policy.defaultVersion(),
                    () -> Entities.deleteConflict("Cannot delete the default version of a policy."));
            return policy.withoutVersion(number);
        });
    }

    private static int number(PolicyEntity policy, String versionId) {
        return policy.versions().keySet().stream()
                .filter(number -> id(number).equals(versionId))
                .findFirst()
                .orElseThrow(() -> Entities.noSuchEntity("Policy "
                        + policy.entity().arn() + " version " + versionId + " does not exist or is not attachable."));
    }

    private static PolicyVersion.Builder brief(PolicyEntity policy, int number) {
        return PolicyVersion.builder()
                .versionId(id(number))
                .isDefaultVersion(number == policy.defaultVersion())
                .createDate(policy.version(number).created());
    }
}
