package dev.resilient.cloud.elb.resource;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The resources of one kind, some of which a request may name. Thread-safe.
 *
 * @param all by ARN
 * @param kind as in {@code TargetGroup}
 * @param arns what their ARNs look like
 * @param beginning of the ARN of the one with a name
 */
public record Table<R extends Kept<R>>(
        ResourceMap<R> all, String kind, Arns.Form arns, UnaryOperator<String> beginning) {

    Table(ResourceStore store, String kind, Arns.Form arns, UnaryOperator<String> beginning) {
        this(store.map("elb." + arns.title().replace(' ', '-') + "s"), kind, arns, beginning);
    }

    /** The one that a request names, if it is there; refuses what cannot be its ARN. */
    public Optional<R> find(String arn) {
        return all.find(arns.checked(arn));
    }

    /** The one that a request names; refuses a request that names none. */
    public R get(String arn) {
        return find(arn).orElseThrow(this::missing);
    }

    /** Changes one; refuses a request that names none. */
    public R change(String arn, UnaryOperator<R> change) {
        return all.update(arns.checked(arn), change).orElseThrow(this::missing);
    }

    Optional<R> named(String name) {
        String arn = beginning.apply(name);
        return all.from(arn, arn).findFirst();
    }

    /**
     * The one with this name, or else a new one: what is there already can be created again.
     *
     * @param wanted what a request says of it
     * @throws ServiceError if one with this name is not as it is wanted
     */
    public R created(String name, SdkPojo wanted, Supplier<R> open) {
        Optional<R> existing = named(name);
        refuseIf(
                existing.map(Kept::shape)
                        .filter(shape -> !Members.with(shape, wanted).equals(shape))
                        .isPresent(),
                "Duplicate" + kind + "Name",
                "A " + arns.title() + " with the same name '" + name + "' exists, but with different settings");
        return existing.orElseGet(open);
    }

    /**
     * Those that a request names, by ARN or by name; all of them if it names none.
     *
     * @param unknown what is said about a name that none has
     */
    public List<R> selected(List<String> arns, List<String> names, Function<String, ServiceError> unknown) {
        List<R> named = names.stream()
                .map(name -> named(name).orElseThrow(() -> unknown.apply(name)))
                .distinct()
                .sorted(Comparator.comparing(Kept::arn))
                .toList();
        if (arns.isEmpty()) {
            return names.isEmpty() ? all.list() : named;
        }
        return arns.stream()
                .map(this::get)
                .distinct()
                .filter(each -> names.isEmpty() || named.contains(each))
                .toList();
    }

    /** What is said about an ARN that none has. */
    public ServiceError missing() {
        return ServiceError.badRequest(kind + "NotFound", "One or more " + arns.title() + "s not found");
    }
}
