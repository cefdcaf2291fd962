package dev.resilient.cloud.ssm;

import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The account's parameters, and the public ones, which are only read. Thread-safe. */
final class ParameterStore {
    private final ResourceMap<StoredParameter> own;
    private final Map<String, StoredParameter> published;

    ParameterStore(ResourceStore store, PublicImages images, Instant started) {
        own = store.map("ssm.parameters");
        published = images.images().stream()
                .map(image -> publicParameter(image, started))
                .collect(Collectors.toUnmodifiableMap(StoredParameter::name, parameter -> parameter));
    }

    private static StoredParameter publicParameter(PublicImages.PublicImage image, Instant published) {
        ParameterHistory version = ParameterHistory.builder()
                .name(image.parameterName())
                .type(ParameterType.STRING)
                .value(image.imageId())
                .dataType("text")
                .tier(ParameterTier.STANDARD)
                .version(1L)
                .lastModifiedDate(published)
                .lastModifiedUser("arn:aws:iam::aws:root")
                .build();
        return new StoredParameter(List.of(version), new TreeMap<>());
    }

    /** The account's own parameters by name. */
    ResourceMap<StoredParameter> own() {
        return own;
    }

    /** The parameter with this name, own or public. */
    Optional<StoredParameter> find(String name) {
        return own.find(name).or(() -> Optional.ofNullable(published.get(name)));
    }

    /** One of the account's own parameters. */
    StoredParameter require(String name) {
        return own.find(name).orElseThrow(() -> notFound(name));
    }

    /** The parameters below {@code path}, public ones where the path is theirs. */
    List<StoredParameter> below(String path, boolean recursive) {
        List<StoredParameter> candidates =
                (path + "/").startsWith(ParameterNames.PUBLIC_PREFIX) ? List.copyOf(published.values()) : own.list();
        return candidates.stream()
                .filter(parameter -> ParameterNames.isBelow(path, parameter.name(), recursive))
                .toList();
    }

    static ServiceError notFound(String name) {
        return ServiceError.badRequest("ParameterNotFound", "Parameter " + name + " not found.");
    }
}
