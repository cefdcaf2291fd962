package dev.resilient.cloud.ec2.keypair;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Optional;
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
 * in to an instance of this cloud. The private half is known to its owner alone. Thread-safe.
 */
public final class KeyPairs {
    private static final String RESOURCE_TYPE = "key-pair";
    private static final String NAME = "KeyName";
    private static final FilterSet<KeyPairInfo> FILTERS =
            FilterSet.of(KeyPairInfo.builder(), "key-pair-id key-name fingerprint=key-fingerprint tag-key=tags.key");

    private final ResourceMap<KeyPairInfo> pairs;
    private final CloudContext cloud;
    private final Tags tags;

    /** Those that the store has. */
    public KeyPairs(CloudContext cloud, Tags tags) {
        this.pairs = cloud.store().map("ec2.key-pairs");
        this.cloud = cloud;
        this.tags = tags;
        tags.register("key-", RESOURCE_TYPE, this::byId);
    }

    /** The public half of a key pair, as in {@code authorized_keys}; empty if there is none of this name. */
    public Optional<String> publicKey(String name) {
        return pairs.find(name).map(KeyPairInfo::publicKey);
    }

    /** The id of the key pair of this name; empty if there is none. */
    public Optional<String> id(String name) {
        return pairs.find(name).map(KeyPairInfo::keyPairId);
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
        registrar.on(
                DeleteKeyPairRequest.class,
                registrar.resource(RESOURCE_TYPE, NAME, "KeyPairId", id -> find(id).map(KeyPairInfo::keyName)),
                this::delete);
        registrar.describe(DescribeKeyPairsRequest.class, this::describe);
    }

    private CreateKeyPairResponse create(CreateKeyPairRequest request) {
        refuseIf(
                request.keyFormat() == KeyFormat.PPK || request.keyType() == KeyType.ED25519,
                "UnsupportedOperation",
                "Keys other than RSA in PEM are not supported by this cloud.");
        String name = request.keyName();
        refuseIf(
                name.isEmpty() || name.length() > 255,
                "Invalid value '" + name
                        + "' for keyPairNames. It should not be blank, and have no more than 255 characters.");
        List<Tag> wanted = Tags.requested(RESOURCE_TYPE, request.tagSpecifications());
        KeyMaterial material = KeyMaterial.generate();
        KeyPairInfo pair = KeyPairInfo.builder()
                .keyPairId(cloud.ids().resource("key"))
                .keyName(name)
                .keyType(KeyType.RSA)
                .keyFingerprint(material.fingerprint())
                .publicKey(material.publicKey() + " " + name)
                .createTime(cloud.time().instant())
                .build();
        refuseIf(!pairs.create(name, pair), "InvalidKeyPair.Duplicate", "The keypair already exists");
        tags.add(pair.keyPairId(), wanted);
        return Members.copy(pair, CreateKeyPairResponse.builder())
                .keyMaterial(material.privateKey())
                .tags(tags.of(pair.keyPairId()))
                .build();
    }

    /** To delete what does not exist is no mistake. */
    private DeleteKeyPairResponse delete(DeleteKeyPairRequest request) {
        Optional<KeyPairInfo> pair =
                request.keyPairId() == null ? pairs.find(request.keyName()) : find(request.keyPairId());
        pair.ifPresent(each -> {
            pairs.remove(each.keyName());
            tags.remove(each.keyPairId());
        });
        return DeleteKeyPairResponse.builder()
                .returnValue(true)
                .keyPairId(pair.map(KeyPairInfo::keyPairId).orElse(null))
                .build();
    }

    private DescribeKeyPairsResponse describe(DescribeKeyPairsRequest request) {
        request.keyNames().forEach(this::get);
        request.keyPairIds().forEach(this::byId);
        boolean publicKeys = Boolean.TRUE.equals(request.includePublicKey());
        List<KeyPairInfo> all = pairs.list().stream()
                .map(pair -> pair.toBuilder()
                        .publicKey(publicKeys ? pair.publicKey() : null)
                        .tags(tags.of(pair.keyPairId()))
                        .build())
                .toList();
        return DescribeKeyPairsResponse.builder()
                .keyPairs(FILTERS.apply(request, all))
                .build();
    }

    private KeyPairInfo get(String name) {
        return pairs.find(name).orElseThrow(() -> notFound("The key pair '" + name + "' does not exist"));
    }

    private KeyPairInfo byId(String id) {
        return find(id).orElseThrow(() -> notFound("The key pair ID '" + id + "' does not exist"));
    }

    private Optional<KeyPairInfo> find(String id) {
        return pairs.list().stream().filter(pair -> pair.keyPairId().equals(id)).findFirst();
    }

    private static ServiceError notFound(String message) {
        return ServiceError.badRequest("InvalidKeyPair.NotFound", message);
    }
}
