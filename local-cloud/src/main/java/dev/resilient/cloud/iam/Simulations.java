package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.iam.Entities.Named;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.policy.PolicyType;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** What policies would say, asked without doing anything. Resource-based policies are refused: no service here has any. */
record Simulations(Entities entities) {
    private static final SupportedMembers MEMBERS = SupportedMembers.of("""
        PolicySourceArn PolicyInputList PermissionsBoundaryPolicyInputList ActionNames ResourceArns
        ContextEntries MaxItems Marker\
        """);

    void register(OperationRegistry operations) {
        operations.on(SimulatePrincipalPolicyRequest.class, Access.named("PolicySourceArn"), this::simulate);
    }

    private SimulatePrincipalPolicyResponse simulate(SimulatePrincipalPolicyRequest request) {
        MEMBERS.check(request);
        List<EvaluationResult> all = new Simulation(policies(request), Simulation.context(request.contextEntries()))
                .results(request.actionNames(), request.resourceArns());
        List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
        return Registrar.PAGES.answer(
                request, SimulatePrincipalPolicyResponse.builder(), places, "%010d"::formatted, all::get);
    }

    /** The policies of a user or role, further ones, and instead of its boundary perhaps another one. */
    private Map<PolicyType, List<Named>> policies(SimulatePrincipalPolicyRequest request) {
        Map<PolicyType, List<Named>> policies = new EnumMap<>(entities.policiesOf(identity(request.policySourceArn())));
        policies.merge(PolicyType.IDENTITY, input("PolicyInputList", request.policyInputList()), Simulations::both);
        if (!request.permissionsBoundaryPolicyInputList().isEmpty()) {
            policies.put(
                    PolicyType.BOUNDARY,
                    input("PermissionsBoundaryPolicyInputList", request.permissionsBoundaryPolicyInputList()));
        }
        return policies;
    }

    private static List<Named> both(List<Named> some, List<Named> further) {
        return Stream.concat(some.stream(), further.stream()).toList();
    }

    private Entity identity(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return switch (arn.replaceFirst("^[^/]*:(user|role)/.*", "$1")) {
            case "user" -> entities.get(Kind.USER, name);
            case "role" -> entities.get(Kind.ROLE, name);
            default -> throw ServiceError.badRequest("InvalidInput", "Invalid Entity Arn: " + arn);
        };
    }

    private static List<Named> input(String list, List<String> documents) {
        return IntStream.range(0, documents.size())
                .mapToObj(index -> new Named(
                        list + "." + (index + 1), PolicyTexts.read(documents.get(index), PolicyDocument.Kind.IDENTITY)))
                .toList();
    }
}
