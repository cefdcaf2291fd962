package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Realism;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.policy.PolicyType;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Everything in the account's IAM: entities of each kind by name, managed policies by ARN. Changes happen one after the other,
 * so that one may depend on several entities; nothing calls out of IAM within one. Thread-safe.
 */
final class Entities {
    private final Map<Kind, ResourceMap<Entity>> byKind = new EnumMap<>(Kind.class);
    private final Realism realism;
    private final ReentrantLock lock = new ReentrantLock();
    private final Account account;
    private final Ids ids;
    private final TimeSource time;

    /** What the store has, and at least AWS's managed policies and the administrator, who may do everything. */
    Entities(CloudContext cloud, Caller administrator) {
        for (Kind kind : Kind.values()) {
            byKind.put(kind, cloud.store().map("iam." + kind.resource()));
        }
        this.account = cloud.account();
        this.ids = cloud.ids();
        this.realism = cloud.realism();
        this.time = cloud.time();
        AwsManagedPolicies.all().forEach(policy -> all(Kind.POLICY).create(policy.key(), policy));
        if (all(Kind.USER).list().stream().noneMatch(user -> user.id().equals(administrator.userId()))) {
            String name = administrator.arn().substring(administrator.arn().lastIndexOf('/') + 1);
            Entity first = made(Kind.USER, null, name, administrator.userId(), List.of());
            all(Kind.USER)
                    .create(name, first.changeAttached(arns -> arns.add(AwsManagedPolicies.ADMINISTRATOR_ACCESS)));
        }
    }

    /** Those of one kind. */
    ResourceMap<Entity> all(Kind kind) {
        return Objects.requireNonNull(byKind.get(kind));
    }

    Optional<Entity> find(Kind kind, String key) {
        return all(kind).find(key);
    }

    /** The one with this ARN, of whatever kind. */
    Optional<Entity> withArn(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return Stream.of(Kind.values())
                .flatMap(kind -> find(kind, kind == Kind.POLICY ? arn : name).stream())
                .filter(entity -> entity.arn().equals(arn))
                .findFirst();
    }

    /** @throws ServiceError {@code NoSuchEntity} */
    Entity get(Kind kind, String key) {
        return find(kind, key).orElseThrow(() -> kind.missing(key));
    }

    /**
     * Adds an entity whose name, in whatever letter case and path, nobody has.
     *
     * @throws ServiceError {@code EntityAlreadyExists}
     */
    Entity add(Entity entity) {
        return exclusively(() -> {
            boolean taken = all(entity.kind()).list().stream()
                    .anyMatch(other -> other.name().equalsIgnoreCase(entity.name()) && !other.isOfAws());
            refuseIf(taken, () -> entity.kind().taken(entity.name()));
            all(entity.kind()).put(entity.key(), entity);
            return entity;
        });
    }

    /** Replaces an entity by what {@code change} makes of it, which may refuse to. */
    void change(Kind kind, String key, UnaryOperator<Entity> change) {
        exclusively(() -> {
            all(kind).put(key, change.apply(get(kind, key)));
            return key;
        });
    }

    /** Removes an entity, unless {@code check} finds something against it. */
    void remove(Kind kind, String key, Consumer<Entity> check) {
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

    /** Every user and every role. */
    Stream<Entity> identities() {
        return Stream.of(Kind.USER, Kind.ROLE).flatMap(kind -> all(kind).list().stream());
    }

    /** The documents that decide about a user or role at this moment, with their names. */
    Map<PolicyType, List<Named>> policiesOf(Entity identity) {
        List<Named> granted = new ArrayList<>(managed(identity.attached()));
        identity.inline().forEach((name, document) -> granted.add(new Named(name, document)));
        Map<PolicyType, List<Named>> policies = new EnumMap<>(Map.of(PolicyType.IDENTITY, granted));
        identity.boundary().ifPresent(arn -> policies.put(PolicyType.BOUNDARY, managed(List.of(arn))));
        return policies;
    }

    /** A policy with its name. */
    record Named(String name, PolicyDocument document) {}

    private List<Named> managed(Collection<String> arns) {
        return arns.stream()
                .flatMap(arn -> find(Kind.POLICY, arn).stream())
                .map(policy -> new Named(policy.name(), policy.document().orElseThrow()))
                .toList();
    }

    /** Who calls with the keys of this user. */
    Caller caller(Entity user) {
        return new Caller(account.id(), user.arn(), user.id());
    }

    /** The instance profiles that this role is in. */
    List<Entity> profilesWith(String roleName) {
        return all(Kind.INSTANCE_PROFILE).list().stream()
                .filter(profile -> InstanceProfiles.roleIn(profile)
                        .filter(roleName::equals)
                        .isPresent())
                .toList();
    }

    /** A new entity that nobody has stored yet, with the path, the name and the tags that a request gives it. */
    Entity made(Kind kind, IamRequest request) {
        return made(
                kind,
                Members.get(request, "Path", String.class).orElse(null),
                Members.get(request, kind.title() + "Name", String.class).orElseThrow(),
                ids.unique(kind.idPrefix()),
                Tags.checked(Tags.in(request)));
    }

    private Entity made(Kind kind, @Nullable String path, String name, String id, List<Tag> tags) {
        return new Entity(kind, kind.nothing(), Optional.empty())
                .with("Path", path == null ? "/" : path)
                .with(kind.title() + "Name", name)
                .with(kind.title() + "Id", id)
                .with("Arn", arn(kind, path, name))
                .with("CreateDate", now())
                .with("Tags", tags);
    }

    /** The ARN of an entity, which need not exist; without a path, the root path. */
    String arn(Kind kind, @Nullable String path, String name) {
        return account.globalArn("iam", kind.resource() + (path == null ? "/" : path) + name);
    }

    /** The time, to the second. */
    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
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
