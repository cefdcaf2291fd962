package dev.resilient.cloud.ssm;

import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.ssm.StoredParameter.Content;
import dev.resilient.cloud.ssm.StoredParameter.Version;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        Content content = new Content(image.imageId(), ParameterTier.STANDARD, "text", null, null, null);
        return new StoredParameter(
                image.parameterName(),
                ParameterType.STRING,
                List.of(new Version(1, content, published, "arn:aws:iam::aws:root")),
                new TreeMap<>());
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
        String prefix = path.endsWith("/") ? path : path + "/";
        List<StoredParameter> candidates =
                prefix.startsWith(ParameterNames.PUBLIC_PREFIX) ? List.copyOf(published.values()) : own.list();
        return candidates.stream()
                .filter(parameter -> parameter.name().startsWith(prefix)
                        && (recursive || parameter.name().indexOf('/', prefix.length()) < 0))
                .toList();
    }

    static ServiceError notFound(String name) {
        return ServiceError.badRequest("ParameterNotFound", "Parameter " + name + " not found.");
    }
}
