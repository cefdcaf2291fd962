package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.iam.Entities.Named;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.cloud.identity.PolicyType;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** What policies would say, asked without doing anything. Resource-based policies are refused: no service here has any. */
record Simulations(Entities entities) {
    private static final SupportedMembers MEMBERS = SupportedMembers.of("""
        PolicySourceArn PolicyInputList PermissionsBoundaryPolicyInputList ActionNames ResourceArns
        ContextEntries MaxItems Marker\
        """);

    void register(OperationRegistry operations) {
        operations.on(
                SimulatePrincipalPolicyRequest.class,
                Access.named("PolicySourceArn"),
                request -> simulate(
                        request,
                        SimulatePrincipalPolicyResponse.builder(),
                        within(
                                request.permissionsBoundaryPolicyInputList(),
                                ofPrincipal(request.policySourceArn(), request.policyInputList())),
                        request.contextEntries()));
    }

    private static <O, B extends SdkBuilder<B, O> & SdkPojo> O simulate(
            IamRequest request, B response, Map<PolicyType, List<Named>> policies, List<ContextEntry> context) {
        MEMBERS.check(request);
        List<EvaluationResult> all = new Simulation(policies, Simulation.context(context))
                .results(texts(request, "ActionNames"), texts(request, "ResourceArns"));
        List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
        return Registrar.page(request, response, places, "%010d"::formatted, all::get);
    }

    private static List<String> texts(IamRequest request, String member) {
        List<?> texts = request.getValueForField(member, List.class).orElse(List.of());
        return texts.stream().map(String.class::cast).toList();
    }

    /** The policies of the user, group or role with this ARN, and further ones. */
    private Map<PolicyType, List<Named>> ofPrincipal(String arn, List<String> further) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        Entity identity =
                switch (arn.replaceFirst("^[^/]*:(user|role)/.*", "$1")) {
                    case "user" -> entities.get(Kind.USER, name);
                    case "role" -> entities.get(Kind.ROLE, name);
                    default -> throw ServiceError.badRequest("InvalidInput", "Invalid Entity Arn: " + arn);
                };
        Map<PolicyType, List<Named>> policies = new EnumMap<>(entities.policiesOf(identity));
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
}
