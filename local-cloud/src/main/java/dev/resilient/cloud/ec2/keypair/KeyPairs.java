package dev.resilient.cloud.ec2.keypair;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.KeyFormat;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.KeyType;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The key pairs of the account, by name. An instance can read the public half of its own from its metadata service; nobody logs
 * in to an instance of this cloud. Thread-safe.
 */
public final class KeyPairs {
    private static final String RESOURCE_TYPE = "key-pair";
    private static final String NAME = "KeyName";

    private final ResourceMap<KeyPair> pairs;
    private final Ids ids;
    private final TimeSource time;
    private final Tags tags;
    private final FilterSet<KeyPair> filters;

    /** A key pair, of which the private half is known to its owner alone. */
    record KeyPair(String id, String name, KeyType type, String fingerprint, String publicKey, Instant created) {}

    /** Those that the store has. */
    public KeyPairs(CloudContext cloud, Tags tags) {
        this.pairs = cloud.store().map("ec2.key-pairs");
        this.ids = cloud.ids();
        this.time = cloud.time();
        this.tags = tags;
        this.filters = new FilterSet<KeyPair>()
                .on("key-pair-id", KeyPair::id)
                .on("key-name", KeyPair::name)
                .on("fingerprint", KeyPair::fingerprint)
                .onTags(pair -> tags.of(pair.id()));
        tags.register("key-", RESOURCE_TYPE, this::byId);
    }

    /** The public half of a key pair, as in {@code authorized_keys}; empty if there is none of this name. */
    public Optional<String> publicKey(String name) {
        return find(name).map(KeyPair::publicKey);
    }

    /**
     * Does nothing if there is a key pair of this name.
     *
     * @throws ServiceError {@code InvalidKeyPair.NotFound}
     */
    public void requireExisting(String name) {
        get(name);
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.on(RESOURCE_TYPE, NAME, CreateKeyPairRequest.class, this::create);
        registrar.on(RESOURCE_TYPE, NAME, DeleteKeyPairRequest.class, this::delete);
        registrar.describe(DescribeKeyPairsRequest.class, this::describe);
    }

    private Optional<KeyPair> find(String name) {
        return pairs.find(name);
    }

    private KeyPair get(String name) {
        return find(name).orElseThrow(() -> notFound("The key pair '" + name + "' does not exist"));
    }

    private CreateKeyPairResponse create(CreateKeyPairRequest request) {
        refuseIf(
                request.keyFormat() == KeyFormat.PPK || request.keyType() == KeyType.ED25519,
                () -> ServiceError.badRequest(
                        "UnsupportedOperation", "Keys other than RSA in PEM are not supported by this cloud."));
        KeyMaterial material = KeyMaterial.generate();
        KeyPair pair = add(request, material);
        return CreateKeyPairResponse.builder()
                .keyPairId(pair.id())
                .keyName(pair.name())
                .keyFingerprint(pair.fingerprint())
                .keyMaterial(material.privateKey())
                .tags(tags.of(pair.id()))
                .build();
    }

    /** To delete what does not exist is no mistake. */
    private DeleteKeyPairResponse delete(DeleteKeyPairRequest request) {
        Optional<KeyPair> pair = request.keyPairId() == null
                ? find(request.keyName())
                : pairs.list().stream()
                        .filter(each -> each.id().equals(request.keyPairId()))
                        .findFirst();
        pair.ifPresent(each -> {
            pairs.remove(each.name());
            tags.remove(each.id());
        });
        return DeleteKeyPairResponse.builder()
                .returnValue(true)
                .keyPairId(pair.map(KeyPair::id).orElse(null))
                .build();
    }

    private DescribeKeyPairsResponse describe(DescribeKeyPairsRequest request) {
        List<KeyPair> named = Stream.concat(
                        request.keyNames().stream().map(this::get),
                        request.keyPairIds().stream().map(this::byId))
                .distinct()
                .toList();
        boolean all = request.keyNames().isEmpty() && request.keyPairIds().isEmpty();
        boolean publicKeys = Boolean.TRUE.equals(request.includePublicKey());
        return DescribeKeyPairsResponse.builder()
                .keyPairs(filters.apply(request.filters(), all ? pairs.list() : named).stream()
                        .map(pair -> render(pair, publicKeys ? pair.publicKey() : null))
                        .toList())
                .build();
    }

    private KeyPair add(CreateKeyPairRequest request, KeyMaterial material) {
        String name = request.keyName();
        refuseIf(
                name.isEmpty() || name.length() > 255,
                () -> ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Invalid value '" + name + "' for keyPairNames. It should not be blank,"
                                + " and have no more than 255 characters."));
        List<Tag> wanted = Tags.requested(RESOURCE_TYPE, request.tagSpecifications());
        String publicKey = material.publicKey() + " " + name;
        KeyPair pair =
                new KeyPair(ids.resource("key"), name, KeyType.RSA, material.fingerprint(), publicKey, time.instant());
        refuseIf(
                !pairs.create(name, pair),
                () -> ServiceError.badRequest("InvalidKeyPair.Duplicate", "The keypair already exists"));
        tags.add(pair.id(), wanted);
        return pair;
    }

    private KeyPair byId(String id) {
        return pairs.list().stream()
                .filter(pair -> pair.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notFound("The key pair ID '" + id + "' does not exist"));
    }

    private KeyPairInfo render(KeyPair pair, @Nullable String publicKey) {
        return KeyPairInfo.builder()
                .keyPairId(pair.id())
                .keyName(pair.name())
                .keyType(pair.type())
                .keyFingerprint(pair.fingerprint())
                .publicKey(publicKey)
                .createTime(pair.created())
                .tags(tags.of(pair.id()))
                .build();
    }

    private static ServiceError notFound(String message) {
        return ServiceError.badRequest("InvalidKeyPair.NotFound", message);
    }
}
