package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.resource.PolicyDocuments;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** An inline policy on the instances' role denies what they may do otherwise; undone by its deletion. */
public final class RoleDenial implements Fault {
    private static final String POLICY = "resilient-drill";

    private final String text;
    private final Function<Environment, String> document;

    private RoleDenial(String text, Function<Environment, String> document) {
        this.text = text;
        this.document = document;
    }

    /** No instance may read a parameter. */
    public static Fault ofParameters() {
        return new RoleDenial(
                "no server may read its parameters any more",
                _ -> PolicyDocuments.denying(List.of("ssm:GetParameter*")));
    }

    /** No instance may write a heartbeat. */
    public static Fault ofHeartbeats() {
        return new RoleDenial(
                "no server reaches the table of heartbeats", _ -> PolicyDocuments.denying(List.of("dynamodb:PutItem")));
    }

    /** Whatever credentials the instances have now are worth nothing, as when somebody revokes a role's sessions. */
    public static Fault ofCredentials() {
        return new RoleDenial(
                "the credentials of all instances are revoked",
                environment ->
                        PolicyDocuments.revoking(environment.waiting().time().instant()));
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        String role = environment.names().instanceAccess();
        scene.undoing().note("the role may again what it may", this::clear);
        environment.aws().iam().putRolePolicy(request -> request.roleName(role)
                .policyName(POLICY)
                .policyDocument(document.apply(environment)));
        environment
                .events()
                .publish(new ScenarioEvent.ServiceChanged("role " + role + " got an inline policy: " + text));
        return List.of();
    }

    @Override
    public void clear(Environment environment) {
        try {
            environment.aws().iam().deleteRolePolicy(request -> request.roleName(
                            environment.names().instanceAccess())
                    .policyName(POLICY));
        } catch (NoSuchEntityException gone) {
            environment.waiting().checkCancelled();
        }
    }
}
