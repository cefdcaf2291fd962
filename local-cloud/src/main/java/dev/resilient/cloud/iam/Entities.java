package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Realism;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything in the account's IAM: resources of each kind by name, managed policies by ARN. Changes happen one after the other,
 * so that one may depend on several resources; nothing calls out of IAM within one. Thread-safe.
 */
final class Entities {
    private final Map<Kind<?>, ResourceMap<?>> resources;
    private final Realism realism;
    private final ReentrantLock lock = new ReentrantLock();
    private final Account account;
    private final Ids ids;
    private final TimeSource time;

    /** What the store has, and at least AWS's managed policies and the administrator, who may do everything. */
    Entities(CloudContext cloud, Caller administrator) {
        this.resources = Map.of(
                Kind.USER, cloud.store().map("iam.users"),
                Kind.ROLE, cloud.store().map("iam.roles"),
                Kind.POLICY, cloud.store().map("iam.policies"),
                Kind.INSTANCE_PROFILE, cloud.store().map("iam.instance-profiles"));
        this.account = cloud.account();
        this.ids = cloud.ids();
        this.realism = cloud.realism();
        this.time = cloud.time();
        for (PolicyEntity policy : AwsManagedPolicies.all()) {
            all(Kind.POLICY).create(policy.entity().arn(), policy);
        }
        String name = administrator.arn().substring(administrator.arn().lastIndexOf('/') + 1);
        Entity entity = new Entity("/", name, administrator.userId(), administrator.arn(), now(), new TreeMap<>());
        Grants everything = Grants.NONE.changeAttached(arns -> arns.add(AwsManagedPolicies.ADMINISTRATOR_ACCESS));
        if (all(Kind.USER).list().stream().noneMatch(user -> user.entity().id().equals(administrator.userId()))) {
            all(Kind.USER).create(name, new UserEntity(entity, everything));
        }
    }

    /** Those of one kind. */
    @SuppressWarnings("unchecked") // The constructor has put a map of this kind's resources there.
    <R extends Resource<R>> ResourceMap<R> all(Kind<R> kind) {
        return (ResourceMap<R>) Objects.requireNonNull(resources.get(kind));
    }

    <R extends Resource<R>> Optional<R> find(Kind<R> kind, String name) {
        return all(kind).find(name);
    }

    /** @throws ServiceError {@code NoSuchEntity} */
    <R extends Resource<R>> R get(Kind<R> kind, String name) {
        return find(kind, name).orElseThrow(() -> kind.missing(name));
    }

    /**
     * Adds a resource whose name, in whatever letter case and path, nobody has.
     *
     * @throws ServiceError {@code EntityAlreadyExists}
     */
    <R extends Resource<R>> R add(Kind<R> kind, String key, R resource) {
        String name = resource.entity().name();
        return exclusively(() -> {
            boolean taken = all(kind).list().stream()
                    .map(Resource::entity)
                    .anyMatch(other -> other.name().equalsIgnoreCase(name)
                            && !other.arn().startsWith(AwsManagedPolicies.ARN_PREFIX));
            if (taken) {
                throw kind.taken(name);
            }
            all(kind).put(key, resource);
            return resource;
        });
    }

    /** Replaces a resource by what {@code change} makes of it, which may refuse to. */
    <R extends Resource<R>> R change(Kind<R> kind, String key, UnaryOperator<R> change) {
        return exclusively(() -> {
            R changed = change.apply(get(kind, key));
            all(kind).put(key, changed);
            return changed;
        });
    }

    /** Removes a resource, unless {@code check} finds something against it. */
    <R extends Resource<R>> void remove(Kind<R> kind, String key, Consumer<? super R> check) {
        exclusively(() -> {
            check.accept(get(kind, key));
            return all(kind).remove(key);
        });
    }

    /** Whether an entity of this kind is in use, by others as IAM knows them; see {@link Realism#lingers}. */
    boolean lingers(String kind, BooleanSupplier inUse) {
        return realism.lingers(kind, inUse);
    }

    /** Runs {@code change} while no other change runs. */
    <T> T exclusively(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** The grants of every identity. */
    Stream<Grants> grants() {
        return Stream.<ResourceMap<? extends Identity<?>>>of(all(Kind.USER), all(Kind.ROLE))
                .flatMap(identities -> identities.list().stream())
                .map(Identity::grants);
    }

    /** Who calls with the keys of this user. */
    Caller caller(UserEntity user) {
        return new Caller(account.id(), user.entity().arn(), user.entity().id());
    }

    /** The instance profiles that this role is in. */
    List<InstanceProfileEntity> profilesWith(String roleName) {
        return all(Kind.INSTANCE_PROFILE).list().stream()
                .filter(profile -> profile.holds(roleName))
                .toList();
    }

    /** A new entity that nobody has stored yet. */
    Entity create(Kind<?> kind, @Nullable String path, String name, Map<String, String> tags) {
        String inPath = path == null ? "/" : path;
        return new Entity(
                inPath, name, ids.unique(kind.idPrefix()), arn(kind, inPath, name), now(), new TreeMap<>(tags));
    }

    /** The ARN of an entity, which need not exist; without a path, the root path. */
    String arn(Kind<?> kind, @Nullable String path, String name) {
        return account.globalArn("iam", kind.resource() + (path == null ? "/" : path) + name);
    }

    /** The time, to the second. */
    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Throws {@code DeleteConflict} while there are policies. */
    static void requireNoPolicies(Grants grants) {
        refuseIf(
                !grants.attached().isEmpty(),
                () -> deleteConflict("Cannot delete entity, must detach all policies first."));
        refuseIf(!grants.inline().isEmpty(), () -> deleteConflict("Cannot delete entity, must delete policies first."));
    }

    static ServiceError noSuchEntity(String message) {
        return ServiceError.notFound("NoSuchEntity", message);
    }

    static ServiceError deleteConflict(String message) {
        return ServiceError.conflict("DeleteConflict", message);
    }

    static ServiceError limitExceeded(String message) {
        return ServiceError.conflict("LimitExceeded", message);
    }
}
