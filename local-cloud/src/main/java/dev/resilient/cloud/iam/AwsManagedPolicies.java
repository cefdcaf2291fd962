package dev.resilient.cloud.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.resilient.cloud.base.Ids;
import dev.resilient.policy.PolicyDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Policy;

/** The policies that AWS keeps for every account, as far as the cloud has them: each in the version that AWS has as default. */
final class AwsManagedPolicies {
    static final String ARN_PREFIX = "arn:aws:iam::aws:policy/";
    static final String ADMINISTRATOR_ACCESS = ARN_PREFIX + "AdministratorAccess";
    private static final String RESOURCE = "aws-managed-policies.json";

    private AwsManagedPolicies() {}

    /** What the resource beside this class lists. */
    static List<Entity> all() {
        try (InputStream stream =
                Objects.requireNonNull(AwsManagedPolicies.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            List<Entity> policies = new ArrayList<>();
            new JsonMapper().readTree(stream).forEach(policy -> policies.add(policy(policy)));
            return policies;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
    }

    private static Entity policy(JsonNode node) {
        String name = node.get("name").asText();
        Instant created = Instant.parse(node.get("created").asText());
        Policy policy = Policy.builder()
                .path("/")
                .policyName(name)
                .policyId(Ids.lastingUnique(Kind.POLICY.idPrefix(), name))
                .arn(ARN_PREFIX + name)
                .defaultVersionId("v" + node.get("version").asInt())
                .isAttachable(true)
                .createDate(created)
                .updateDate(created)
                .tags(List.of())
                .build();
        PolicyDocument document = PolicyDocument.parse(node.get("document").toString(), PolicyDocument.Kind.IDENTITY);
        return new Entity(Kind.POLICY, policy, Optional.of(document));
    }
}
