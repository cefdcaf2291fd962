package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an instance may do: a policy, a role that has it, and the instance profile that hands the role to an instance, all three
 * of one name.
 */
public final class InstanceAccess implements Resource {
    private final AccessPolicy policy;
    private final AccessRole role;
    private final AccessProfile profile;
    private final Optional<Supplier<String>> guardDocument;

    /** @param guardDocument what a guard beside the server may do besides; empty if there is none */
    private InstanceAccess(
            Environment environment,
            String name,
            Supplier<String> policyDocument,
            Optional<Supplier<String>> guardDocument) {
        this.policy = new AccessPolicy(environment, name, policyDocument);
        this.role = new AccessRole(environment, name);
        this.profile = new AccessProfile(environment, name);
        this.guardDocument = guardDocument;
    }

    /** What a server needs, and a guard beside it, if there is to be one. */
    static InstanceAccess full(Environment environment) {
        var documents = new AccessDocuments(environment);
        return new InstanceAccess(
                environment,
                environment.names().instanceAccess(),
                documents::ofServers,
                environment.deployment().guardJar().map(_ -> documents::ofGuards));
    }

    /** The parameters and the heartbeats, and nothing else. */
    public static InstanceAccess restricted(Environment environment) {
        return new InstanceAccess(
                environment,
                environment.names().restrictedAccess(),
                new AccessDocuments(environment)::ofParametersOnly,
                Optional.empty());
    }

    @Override
    public String kind() {
        return "role, policy and instance profile";
    }

    @Override
    public String name() {
        return profile.name;
    }

    @Override
    public void claim() {
        policy.claim();
        role.claim();
        profile.claim();
    }

    @Override
    public Creation create() {
        boolean newPolicy = policy.create();
        boolean newRole = role.create();
        boolean newProfile = profile.create();
        role.attach(policy);
        if (guardDocument.isPresent()) {
            role.permitGuard(guardDocument.get().get());
        } else if (!newRole) {
            role.forbidGuard();
        }
        profile.fill();
        return newPolicy || newRole || newProfile ? Creation.CREATED : Creation.FOUND;
    }

    /**
     * Removes each of the three whatever becomes of the others: a permission that is missing for one may be there for them.
     *
     * @throws RuntimeException the first failure, since the others may follow from it
     */
    @Override
    public boolean delete() {
        boolean wasThere = false;
        List<RuntimeException> failures = new ArrayList<>();
        for (AccessPart<?> part : List.of(profile, role, policy)) {
            try {
                // Nobody waits for what would be released if the one before had not failed.
                wasThere |= part.delete(failures.isEmpty() ? AccessPart.LIMIT : Duration.ZERO);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return wasThere;
    }

    @Override
    public List<String> existing() {
        List<String> existing = new ArrayList<>();
        for (AccessPart<?> part : List.of(policy, role, profile)) {
            part.existing().ifPresent(existing::add);
        }
        return existing;
    }
}
