package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.Principal;
import dev.resilient.cloud.identity.PrincipalDirectory;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.policy.PolicyType;
import dev.resilient.wire.Caller;
import dev.resilient.wire.shape.Members;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account's principals and roles as they are now, for whoever decides about calls and sessions. */
record AccountDirectory(Entities entities) implements PrincipalDirectory, RoleDirectory {
    @Override
    public boolean knows(Caller caller) {
        return entity(caller).isPresent();
    }

    @Override
    public Optional<Principal> find(Caller caller) {
        return entity(caller).map(this::principal);
    }

    private Optional<Entity> entity(Caller caller) {
        String[] arn = caller.arn().split("/", -1);
        if (caller.arn().contains(":user/")) {
            return entities.find(Kind.USER, arn[arn.length - 1])
                    .filter(user -> user.id().equals(caller.userId()));
        }
        // A session: arn:aws:sts::123456789012:assumed-role/ROLE/SESSION, with the user id AROA…:SESSION.
        String roleId = caller.userId().split(":", 2)[0];
        return arn.length != 3
                ? Optional.empty()
                : entities.find(Kind.ROLE, arn[1]).filter(role -> role.id().equals(roleId));
    }

    private Principal principal(Entity identity) {
        Map<String, String> keys = new HashMap<>(
                identity.kind() == Kind.USER
                        ? Map.of("aws:PrincipalType", "User", "aws:username", identity.name())
                        : Map.of("aws:PrincipalType", "AssumedRole"));
        identity.tags().forEach(tag -> keys.put("aws:PrincipalTag/" + tag.key(), tag.value()));
        Map<PolicyType, List<PolicyDocument>> policies = new EnumMap<>(PolicyType.class);
        entities.policiesOf(identity)
                .forEach((type, named) -> policies.put(
                        type, named.stream().map(Entities.Named::document).toList()));
        return new Principal(identity.arn(), keys, policies);
    }

    @Override
    public Optional<AssumableRole> role(String name) {
        return entities.find(Kind.ROLE, name)
                .map(role -> new AssumableRole(
                        name,
                        role.arn(),
                        role.id(),
                        role.document().orElseThrow(),
                        Duration.ofSeconds(Members.get(role.shape(), "MaxSessionDuration", Integer.class)
                                .orElseThrow())));
    }

    @Override
    public Optional<ProfileOfInstances> instanceProfile(String nameOrArn) {
        String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
        return entities.find(Kind.INSTANCE_PROFILE, name)
                .filter(profile -> nameOrArn.equals(name) || nameOrArn.equals(profile.arn()))
                .map(profile -> new ProfileOfInstances(
                        name,
                        profile.arn(),
                        profile.id(),
                        InstanceProfiles.roleIn(profile).orElse(null)));
    }
}
