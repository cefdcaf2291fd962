package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.iam.GrantedPolicies.Named;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.cloud.identity.PolicyType;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** What policies would say, asked without doing anything. Resource-based policies are refused: no service here has any. */
final class Simulations {
    private static final SupportedMembers MEMBERS = SupportedMembers.of(
            "PolicySourceArn",
            "PolicyInputList",
            "PermissionsBoundaryPolicyInputList",
            "ActionNames",
            "ResourceArns",
            "ContextEntries",
            "MaxItems",
            "Marker");
    private final Entities entities;

    Simulations(Entities entities) {
        this.entities = entities;
    }

    void register(OperationRegistry operations) {
        operations.register(
                SimulatePrincipalPolicyRequest.class,
                Access.resource(SimulatePrincipalPolicyRequest::policySourceArn),
                (request, call) -> simulate(request));
        operations.register(
                SimulateCustomPolicyRequest.class, Access.anyResource(), (request, call) -> simulate(request));
        operations.register(
                GetContextKeysForPrincipalPolicyRequest.class,
                Access.resource(GetContextKeysForPrincipalPolicyRequest::policySourceArn),
                (request, call) -> GetContextKeysForPrincipalPolicyResponse.builder()
                        .contextKeyNames(keys(ofPrincipal(request.policySourceArn(), request.policyInputList())))
                        .build());
        operations.register(
                GetContextKeysForCustomPolicyRequest.class,
                Access.anyResource(),
                (request, call) -> GetContextKeysForCustomPolicyResponse.builder()
                        .contextKeyNames(
                                keys(Map.of(PolicyType.IDENTITY, input("PolicyInputList", request.policyInputList()))))
                        .build());
    }

    private SimulatePrincipalPolicyResponse simulate(SimulatePrincipalPolicyRequest request) {
        MEMBERS.check(request);
        Simulation simulation = new Simulation(
                within(
                        request.permissionsBoundaryPolicyInputList(),
                        ofPrincipal(request.policySourceArn(), request.policyInputList())),
                Simulation.context(request.contextEntries()));
        Page<EvaluationResult> page = page(
                simulation.results(request.actionNames(), request.resourceArns()),
                request.marker(),
                request.maxItems());
        return Rendering.paged(page, SimulatePrincipalPolicyResponse.builder().evaluationResults(page.items()));
    }

    private SimulateCustomPolicyResponse simulate(SimulateCustomPolicyRequest request) {
        MEMBERS.check(request);
        Simulation simulation = new Simulation(
                within(
                        request.permissionsBoundaryPolicyInputList(),
                        Map.of(PolicyType.IDENTITY, input("PolicyInputList", request.policyInputList()))),
                Simulation.context(request.contextEntries()));
        Page<EvaluationResult> page = page(
                simulation.results(request.actionNames(), request.resourceArns()),
                request.marker(),
                request.maxItems());
        return Rendering.paged(page, SimulateCustomPolicyResponse.builder().evaluationResults(page.items()));
    }

    /** The policies of the user, group or role with this ARN, and further ones. */
    private Map<PolicyType, List<Named>> ofPrincipal(String arn, List<String> further) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        Identity<?> identity =
                switch (arn.replaceFirst("^[^/]*:(user|group|role)/.*", "$1")) {
                    case "user" -> entities.get(Kind.USER, name);
                    case "group" -> entities.get(Kind.GROUP, name);
                    case "role" -> entities.get(Kind.ROLE, name);
                    default -> throw ServiceError.badRequest("InvalidInput", "Invalid Entity Arn: " + arn);
                };
        Map<PolicyType, List<Named>> policies = new EnumMap<>(new GrantedPolicies(entities).to(identity));
        List<Named> all = new ArrayList<>(policies.getOrDefault(PolicyType.IDENTITY, List.of()));
        all.addAll(input("PolicyInputList", further));
        policies.put(PolicyType.IDENTITY, all);
        return policies;
    }

    private static Map<PolicyType, List<Named>> within(List<String> boundary, Map<PolicyType, List<Named>> policies) {
        if (boundary.isEmpty()) {
            return policies;
        }
        Map<PolicyType, List<Named>> bounded = new EnumMap<>(policies);
        bounded.put(PolicyType.BOUNDARY, input("PermissionsBoundaryPolicyInputList", boundary));
        return bounded;
    }

    private static List<Named> input(String list, List<String> documents) {
        return IntStream.range(0, documents.size())
                .mapToObj(index -> new Named(
                        list + "." + (index + 1),
                        PolicyDocument.parse(documents.get(index), PolicyDocument.Kind.IDENTITY)))
                .toList();
    }

    private static List<String> keys(Map<PolicyType, List<Named>> policies) {
        return policies.values().stream()
                .flatMap(Collection::stream)
                .flatMap(policy -> policy.document().contextKeys().stream())
                .distinct()
                .toList();
    }

    /** Results keep their order: what identifies one is its place. */
    private static Page<EvaluationResult> page(
            List<EvaluationResult> all, @Nullable String marker, @Nullable Integer maxItems) {
        Page<Integer> places =
                Rendering.page(IntStream.range(0, all.size()).boxed().toList(), "%010d"::formatted, marker, maxItems);
        return new Page<>(places.items().stream().map(all::get).toList(), places.next());
    }
}
