package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * One of the three things in IAM that make up an {@link InstanceAccess}. IAM takes a while until what was made is seen everywhere, so
 * whatever follows a creation is tried again.
 *
 * @param <T> how IAM describes it
 */
abstract sealed class AccessPart<T> permits AccessPolicy, AccessRole, AccessProfile {
    /** How long IAM may take. */
    static final Duration LIMIT = Duration.ofMinutes(1);

    final Environment environment;
    final IamClient iam;
    final String name;
    private final String kind;
    private final Ownership ownership;

    AccessPart(Environment environment, String kind, String name) {
        this.environment = environment;
        this.iam = environment.aws().iam();
        this.name = name;
        this.kind = kind;
        this.ownership = new Ownership(environment.deployment());
    }

    /** As it is now; throws {@link NoSuchEntityException}. */
    abstract T get();

    abstract List<Tag> tags(T found);

    /** Makes it with these tags; throws {@link EntityAlreadyExistsException}. */
    abstract void make(List<Tag> tags);

    /** Removes it with what hangs on it; throws {@link DeleteConflictException} while IAM sees a user of it. */
    abstract void remove();

    /** Refuses somebody else's. */
    final void claim() {
        ifThere(this::get).ifPresent(this::require);
    }

    /** True if it was made, false if it was there. */
    final boolean create() {
        try {
            make(environment.tags().entrySet().stream()
                    .map(tag -> Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList());
            return true;
        } catch (EntityAlreadyExistsException _) {
            require(eventually("what has the name already can be read", this::get));
            return false;
        }
    }

    /** Deletes what is ours; tries again, from the start, while IAM still sees a user of it. False if there is nothing. */
    final boolean delete(Duration patience) {
        boolean isThere = isOurs();
        if (isThere) {
            ifThere(() -> environment
                    .waiting()
                    .retry(
                            "the " + kind + " can be deleted",
                            patience,
                            DeleteConflictException.class::isInstance,
                            () -> {
                                remove();
                                return true;
                            }));
        }
        return isThere;
    }

    final Optional<String> existing() {
        return Optional.of(kind + " " + name).filter(_ -> isOurs());
    }

    /** Tries again while IAM does not yet know what it has just made. */
    final <R> R eventually(String what, Supplier<R> call) {
        return environment.waiting().retry(what, LIMIT, NoSuchEntityException.class::isInstance, call);
    }

    static <R> Optional<R> ifThere(Supplier<R> call) {
        try {
            return Optional.of(call.get());
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    private boolean isOurs() {
        return ifThere(this::get)
                .filter(found -> ownership.isOurs(byKey(found)))
                .isPresent();
    }

    private void require(T found) {
        ownership.require(byKey(found), kind, name);
    }

    private Map<String, String> byKey(T found) {
        return tags(found).stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }
}
