package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Realism;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Everything in the account's IAM. What depends on two entities, such as deleting a policy that no role may have attached,
 * happens {@link #exclusively}; nothing calls out of IAM there. Thread-safe.
 */
final class Entities {
    private final ResourceMap<RoleEntity> roles;
    private final ResourceMap<PolicyEntity> policies;
    private final ResourceMap<InstanceProfileEntity> profiles;
    private final Realism realism;
    private final ReentrantLock lock = new ReentrantLock();
    private final Account account;
    private final Ids ids;
    private final TimeSource time;

    Entities(CloudContext cloud) {
        this.roles = cloud.store().map("iam.roles");
        this.policies = cloud.store().map("iam.policies");
        this.profiles = cloud.store().map("iam.instance-profiles");
        this.account = cloud.account();
        this.ids = cloud.ids();
        this.realism = cloud.realism();
        this.time = cloud.time();
        for (PolicyEntity policy : AwsManagedPolicies.all(ids)) {
            policies.create(policy.entity().arn(), policy);
        }
    }

    /** Roles by name. */
    ResourceMap<RoleEntity> roles() {
        return roles;
    }

    /** Managed policies by ARN. */
    ResourceMap<PolicyEntity> policies() {
        return policies;
    }

    /** Instance profiles by name. */
    ResourceMap<InstanceProfileEntity> profiles() {
        return profiles;
    }

    /** Whether an entity of this kind is in use, by others as IAM knows them; see {@link Realism#lingers}. */
    boolean lingers(String kind, BooleanSupplier inUse) {
        return realism.lingers(kind, inUse);
    }

    /** Runs {@code change} while no other such change runs. */
    <T> T exclusively(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    RoleEntity role(String name) {
        return roles.find(name).orElseThrow(() -> noSuchEntity("The role with name " + name + " cannot be found."));
    }

    PolicyEntity policy(String arn) {
        return policies.find(arn).orElseThrow(() -> noSuchEntity("Policy " + arn + " was not found."));
    }

    InstanceProfileEntity profile(String name) {
        return profiles.find(name).orElseThrow(() -> noSuchEntity("Instance Profile " + name + " cannot be found."));
    }

    /** The roles that have this managed policy attached. */
    List<RoleEntity> rolesWith(String policyArn) {
        return roles.list().stream()
                .filter(role -> role.attached().contains(policyArn))
                .toList();
    }

    /** The instance profiles that this role is in. */
    List<InstanceProfileEntity> profilesWith(String roleName) {
        return profiles.list().stream()
                .filter(profile -> profile.holds(roleName))
                .toList();
    }

    /** A new entity that nobody has stored yet. */
    Entity create(Entity.Kind kind, @Nullable String path, String name, List<Tag> tags) {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        String inPath = path == null ? "/" : path;
        return new Entity(
                inPath, name, ids.unique(kind.idPrefix()), arn(kind, inPath, name), now, new TreeMap<>(tagMap(tags)));
    }

    /** The ARN of an entity, which need not exist; without a path, the root path. */
    String arn(Entity.Kind kind, @Nullable String path, String name) {
        return account.globalArn("iam", kind.resource() + (path == null ? "/" : path) + name);
    }

    static Map<String, String> tagMap(List<Tag> tags) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Tag tag : tags) {
            if (map.putIfAbsent(tag.key(), tag.value()) != null) {
                throw ServiceError.badRequest(
                        "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        return map;
    }

    static ServiceError noSuchEntity(String message) {
        return ServiceError.notFound("NoSuchEntity", message);
    }

    static ServiceError alreadyExists(String message) {
        return ServiceError.conflict("EntityAlreadyExists", message);
    }

    static ServiceError deleteConflict(String message) {
        return ServiceError.conflict("DeleteConflict", message);
    }

    static ServiceError limitExceeded(String message) {
        return ServiceError.conflict("LimitExceeded", message);
    }
}
