package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
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
final class PolicyVersions {
    private static final int MAXIMUM = 5;
    private final Entities entities;

    PolicyVersions(Entities entities) {
        this.entities = entities;
    }

    void register(OperationRegistry operations) {
        var policies = new Registrar<>(operations, entities, Kind.POLICY);
        policies.answer(CreatePolicyVersionRequest.class, CreatePolicyVersionRequest::policyArn, this::create);
        policies.answer(
                GetPolicyVersionRequest.class,
                GetPolicyVersionRequest::policyArn,
                request -> GetPolicyVersionResponse.builder()
                        .policyVersion(get(request))
                        .build());
        policies.answer(ListPolicyVersionsRequest.class, ListPolicyVersionsRequest::policyArn, this::list);
        policies.act(SetDefaultPolicyVersionRequest.class, SetDefaultPolicyVersionRequest::policyArn, this::setDefault);
        policies.act(DeletePolicyVersionRequest.class, DeletePolicyVersionRequest::policyArn, this::delete);
    }

    /** A version's id on the wire: {@code v1}. */
    static String id(int number) {
        return "v" + number;
    }

    private CreatePolicyVersionResponse create(CreatePolicyVersionRequest request) {
        PolicyEntity changed = entities.change(Kind.POLICY, request.policyArn(), policy -> {
            Policies.requireOwn(policy);
            var version = new PolicyEntity.Version(Policies.document(request.policyDocument()), entities.now());
            if (policy.versions().size() >= MAXIMUM) {
                throw Entities.limitExceeded("A managed policy can have up to " + MAXIMUM
                        + " versions. Before you create" + " a new version, you must delete an existing version.");
            }
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
        Page<Integer> page = Rendering.page(
                List.copyOf(policy.versions().keySet()),
                number -> "%010d".formatted(Integer.MAX_VALUE - number),
                request.marker(),
                request.maxItems());
        return Rendering.paged(
                page,
                ListPolicyVersionsResponse.builder()
                        .versions(page.items().stream()
                                .map(number -> brief(policy, number).build())
                                .toList()));
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
            if (number == policy.defaultVersion()) {
                throw Entities.deleteConflict("Cannot delete the default version of a policy.");
            }
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
