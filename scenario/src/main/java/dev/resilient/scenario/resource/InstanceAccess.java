package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * What an instance may do: a policy, a role that has it, and the instance profile that hands the role to an instance, all three
 * of one name. IAM takes a while until what was made is seen everywhere, so whatever follows a creation is tried again.
 */
public final class InstanceAccess implements Resource {
    private static final String GUARD = "resilient-guard";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Environment environment;
    private final String name;
    private final Supplier<String> policyDocument;
    private final Optional<Supplier<String>> guardDocument;
    private final Ownership ownership;
    private final IamClient iam;

    /** @param guardDocument what a guard beside the server may do besides; empty if there is none */
    private InstanceAccess(
            Environment environment,
            String name,
            Supplier<String> policyDocument,
            Optional<Supplier<String>> guardDocument) {
        this.environment = environment;
        this.name = name;
        this.policyDocument = policyDocument;
        this.guardDocument = guardDocument;
        this.ownership = new Ownership(environment.deployment());
        this.iam = environment.aws().iam();
    }

    /** What a server needs: the table, the parameters and its jar; and a guard beside it, if there is to be one. */
    static InstanceAccess full(Environment environment) {
        return new InstanceAccess(
                environment,
                environment.names().instanceAccess(),
                () -> PolicyDocuments.ofServers(
                        arn(
                                environment,
                                "dynamodb",
                                "table/" + environment.names().table()),
                        heartbeatsArn(environment),
                        parameterArns(environment),
                        new ServerArtifact(environment).arnOfServers()),
                environment.deployment().guardJar().map(_ -> () -> ofGuards(environment)));
    }

    /** The parameters and the heartbeats, and nothing else. */
    public static InstanceAccess restricted(Environment environment) {
        return new InstanceAccess(
                environment,
                environment.names().restrictedAccess(),
                () -> PolicyDocuments.ofParametersOnly(heartbeatsArn(environment), parameterArns(environment)),
                Optional.empty());
    }

    /** A policy that allows to read the deployment's table. */
    public static String ofReaders(Environment environment) {
        return PolicyDocuments.ofReaders(
                arn(environment, "dynamodb", "table/" + environment.names().table()));
    }

    /** A policy that denies these actions on everything. */
    public static String denial(List<String> actions) {
        return PolicyDocuments.denying(actions);
    }

    /** A policy that denies everything to sessions that began before {@code then}. */
    public static String revocation(Instant then) {
        return PolicyDocuments.revoking(then);
    }

    @Override
    public String kind() {
        return "role, policy and instance profile";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void claim() {
        ifThere(this::getPolicy).ifPresent(policy -> ownership.require(asMap(policy.tags()), "policy", name));
        ifThere(this::getRole).ifPresent(role -> ownership.require(asMap(role.tags()), "role", name));
        ifThere(this::getProfile)
                .ifPresent(profile -> ownership.require(asMap(profile.tags()), "instance profile", name));
    }

    @Override
    public Creation create() {
        boolean newPolicy = createPolicy();
        boolean newRole = createRole();
        boolean newProfile = createProfile();
        eventually(
                "the policy can be attached",
                () -> iam.attachRolePolicy(request -> request.roleName(name).policyArn(policyArn())));
        permitGuard(newRole);
        InstanceProfile profile = eventually("the instance profile can be read", () -> iam.getInstanceProfile(
                        request -> request.instanceProfileName(name))
                .instanceProfile());
        if (profile.roles().isEmpty()) {
            addRole();
        }
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
        for (Predicate<Duration> part :
                List.<Predicate<Duration>>of(this::deleteProfile, this::deleteRole, this::deletePolicy)) {
            try {
                // Nobody waits for what would be released if the one before had not failed.
                wasThere |= part.test(failures.isEmpty() ? LIMIT : Duration.ZERO);
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
        policy().ifPresent(_ -> existing.add("policy " + name));
        role().ifPresent(_ -> existing.add("role " + name));
        profile().ifPresent(_ -> existing.add("instance profile " + name));
        return existing;
    }

    private boolean createPolicy() {
        try {
            iam.createPolicy(request -> request.policyName(name)
                    .policyDocument(policyDocument.get())
                    .tags(tags()));
            return true;
        } catch (EntityAlreadyExistsException _) {
            ownership.require(tagsOf(() -> getPolicy().tags()), "policy", name);
            return false;
        }
    }

    private boolean createRole() {
        try {
            iam.createRole(request -> request.roleName(name)
                    .assumeRolePolicyDocument(PolicyDocuments.trustOfInstances(
                            PartitionMetadata.of(environment.deployment().region())
                                    .dnsSuffix()))
                    .tags(tags()));
            return true;
        } catch (EntityAlreadyExistsException _) {
            ownership.require(tagsOf(() -> getRole().tags()), "role", name);
            return false;
        }
    }

    /** A deployment may get a guard later, and lose it again; so its permissions are not in the policy, which is never changed. */
    private void permitGuard(boolean newRole) {
        if (guardDocument.isPresent()) {
            String document = guardDocument.get().get();
            eventually(
                    "the guard can be permitted",
                    () -> iam.putRolePolicy(
                            request -> request.roleName(name).policyName(GUARD).policyDocument(document)));
        } else if (!newRole) {
            ifThere(() -> iam.deleteRolePolicy(request -> request.roleName(name).policyName(GUARD)));
        }
    }

    private boolean createProfile() {
        try {
            iam.createInstanceProfile(
                    request -> request.instanceProfileName(name).tags(tags()));
            return true;
        } catch (EntityAlreadyExistsException _) {
            ownership.require(tagsOf(() -> getProfile().tags()), "instance profile", name);
            return false;
        }
    }

    private void addRole() {
        try {
            eventually(
                    "the role can be added to the instance profile",
                    () -> iam.addRoleToInstanceProfile(
                            request -> request.instanceProfileName(name).roleName(name)));
        } catch (LimitExceededException full) {
            // A profile holds one role. It may be this one, added by a call whose answer never came.
            if (getProfile().roles().stream().noneMatch(role -> role.roleName().equals(name))) {
                throw full;
            }
        }
    }

    private boolean deleteProfile(Duration patience) {
        return delete(profile(), "the instance profile can be deleted", patience, () -> {
            for (Role role : getProfile().roles()) {
                ifThere(() -> iam.removeRoleFromInstanceProfile(
                        request -> request.instanceProfileName(name).roleName(role.roleName())));
            }
            return iam.deleteInstanceProfile(request -> request.instanceProfileName(name));
        });
    }

    private boolean deleteRole(Duration patience) {
        return delete(role(), "the role can be deleted", patience, () -> {
            for (AttachedPolicy attached : iam.listAttachedRolePoliciesPaginator(request -> request.roleName(name))
                    .attachedPolicies()) {
                ifThere(() ->
                        iam.detachRolePolicy(request -> request.roleName(name).policyArn(attached.policyArn())));
            }
            for (String inline : iam.listRolePoliciesPaginator(request -> request.roleName(name))
                    .policyNames()) {
                ifThere(() ->
                        iam.deleteRolePolicy(request -> request.roleName(name).policyName(inline)));
            }
            return iam.deleteRole(request -> request.roleName(name));
        });
    }

    private boolean deletePolicy(Duration patience) {
        return delete(
                policy(),
                "the policy can be deleted",
                patience,
                () -> iam.deletePolicy(request -> request.policyArn(policyArn())));
    }

    private Optional<Policy> policy() {
        return ours(this::getPolicy, Policy::tags);
    }

    private Optional<Role> role() {
        return ours(this::getRole, Role::tags);
    }

    private Optional<InstanceProfile> profile() {
        return ours(this::getProfile, InstanceProfile::tags);
    }

    private Policy getPolicy() {
        return iam.getPolicy(request -> request.policyArn(policyArn())).policy();
    }

    private Role getRole() {
        return iam.getRole(request -> request.roleName(name)).role();
    }

    private InstanceProfile getProfile() {
        return iam.getInstanceProfile(request -> request.instanceProfileName(name))
                .instanceProfile();
    }

    private <T> Optional<T> ours(Supplier<T> get, Function<T, List<Tag>> tags) {
        try {
            return Optional.of(get.get()).filter(found -> ownership.isOurs(asMap(tags.apply(found))));
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    private Map<String, String> tagsOf(Supplier<List<Tag>> read) {
        return asMap(eventually("what has the name already can be read", read));
    }

    private static Map<String, String> asMap(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private List<Tag> tags() {
        return environment.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Tries again while IAM does not yet know what it has just made. */
    private <T> T eventually(String what, Supplier<T> call) {
        return environment.waiting().retry(what, LIMIT, NoSuchEntityException.class::isInstance, call);
    }

    /** Deletes what is ours; tries again, from the start, while IAM still sees a user of it. False if there is nothing. */
    private <T> boolean delete(Optional<?> ours, String what, Duration patience, Supplier<T> call) {
        ours.ifPresent(_ -> ifThere(
                () -> environment.waiting().retry(what, patience, DeleteConflictException.class::isInstance, call)));
        return ours.isPresent();
    }

    private static <T> Optional<T> ifThere(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    private String policyArn() {
        var account = environment.aws().account();
        return "arn:" + account.partition() + ":iam::" + account.id() + ":policy/" + name;
    }

    private static String ofGuards(Environment environment) {
        String group =
                "autoScalingGroup:*:autoScalingGroupName/" + environment.names().group();
        return PolicyDocuments.ofGuards(
                heartbeatsArn(environment),
                arn(environment, "autoscaling", group),
                new ServerArtifact(environment).arnOfGuards());
    }

    private static String heartbeatsArn(Environment environment) {
        return arn(environment, "dynamodb", "table/" + environment.names().heartbeats());
    }

    private static List<String> parameterArns(Environment environment) {
        return Arrays.stream(ServiceParameter.values())
                .map(parameter -> arn(environment, "ssm", "parameter/" + parameter.name(environment.names())))
                .toList();
    }

    private static String arn(Environment environment, String service, String resource) {
        var account = environment.aws().account();
        return String.join(
                ":",
                "arn",
                account.partition(),
                service,
                environment.deployment().region().id(),
                account.id(),
                resource);
    }
}
