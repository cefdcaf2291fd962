package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.wire.Gate;
import dev.resilient.wire.shape.Members;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;

/** The access keys of users: two at most, each of which can be switched off. */
record UserKeys(Entities entities, AccessKeys keys) {
    private static final int MAXIMUM = 2;

    void register(Registrar users) {
        users.answer(CreateAccessKeyRequest.class, this::create);
        users.list(ListAccessKeysRequest.class, this::listed, AccessKeyMetadata::accessKeyId);
        users.answer(
                UpdateAccessKeyRequest.class,
                (user, request, _) ->
                        keys.activate(require(user, request.accessKeyId()), request.status() == StatusType.ACTIVE));
        users.answer(
                DeleteAccessKeyRequest.class, (user, request, _) -> keys.delete(require(user, request.accessKeyId())));
    }

    private void create(Entity user, CreateAccessKeyRequest request, SdkPojo response) {
        Gate.AccessKey created = entities.exclusively(() -> create(entities.get(Kind.USER, user.name())));
        Members.set(
                response,
                "AccessKey",
                AccessKey.builder()
                        .userName(user.name())
                        .accessKeyId(created.id())
                        .secretAccessKey(created.secret())
                        .status(StatusType.ACTIVE)
                        .createDate(entities.now())
                        .build());
    }

    private Gate.AccessKey create(Entity user) {
        refuseIf(
                keys.longTermKeys(user.id()).size() >= MAXIMUM,
                () -> Entities.limitExceeded("Cannot exceed quota for AccessKeysPerUser: " + MAXIMUM));
        return keys.createLongTerm(entities.caller(user));
    }

    private List<AccessKeyMetadata> listed(Entity user, ListAccessKeysRequest request) {
        return keys.longTermKeys(user.id()).stream()
                .map(key -> AccessKeyMetadata.builder()
                        .userName(user.name())
                        .accessKeyId(key.key().id())
                        .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                        .createDate(key.created())
                        .build())
                .toList();
    }

    /** The id of a key that this user has. */
    private String require(Entity user, String keyId) {
        refuseIf(
                keys.longTermKeys(user.id()).stream()
                        .noneMatch(key -> key.key().id().equals(keyId)),
                () -> Entities.noSuchEntity("The Access Key with id " + keyId + " cannot be found."));
        return keyId;
    }
}
