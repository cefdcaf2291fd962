package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.AccessKeys.IssuedKey;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** The access keys of users: two at most, each of which can be switched off. */
record UserKeys(Entities entities, AccessKeys keys) {
    private static final int MAXIMUM = 2;

    void register(Registrar users) {
        users.answerOfCaller(CreateAccessKeyRequest.class, (name, request) -> entities.exclusively(() -> create(name)));
        users.answerOfCaller(ListAccessKeysRequest.class, this::list);
        users.answerOfCaller(UpdateAccessKeyRequest.class, (name, request) -> {
            keys.activate(require(name, request.accessKeyId()), request.status() == StatusType.ACTIVE);
            return UpdateAccessKeyResponse.builder().build();
        });
        users.answerOfCaller(DeleteAccessKeyRequest.class, (name, request) -> {
            keys.delete(require(name, request.accessKeyId()));
            return DeleteAccessKeyResponse.builder().build();
        });
    }

    private CreateAccessKeyResponse create(String userName) {
        Entity user = entities.get(Kind.USER, userName);
        refuseIf(
                keys.longTermKeys(user.id()).size() >= MAXIMUM,
                () -> Entities.limitExceeded("Cannot exceed quota for AccessKeysPerUser: " + MAXIMUM));
        var created = keys.createLongTerm(entities.caller(user));
        return CreateAccessKeyResponse.builder()
                .accessKey(key -> key.userName(userName)
                        .accessKeyId(created.id())
                        .secretAccessKey(created.secret())
                        .status(StatusType.ACTIVE)
                        .createDate(entities.now()))
                .build();
    }

    private ListAccessKeysResponse list(String userName, ListAccessKeysRequest request) {
        return Registrar.page(
                request,
                ListAccessKeysResponse.builder(),
                of(userName),
                key -> key.key().id(),
                key -> AccessKeyMetadata.builder()
                        .userName(userName)
                        .accessKeyId(key.key().id())
                        .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                        .createDate(key.created())
                        .build());
    }

    private List<IssuedKey> of(String userName) {
        return keys.longTermKeys(entities.get(Kind.USER, userName).id());
    }

    /** The id of a key that this user has. */
    private String require(String userName, String keyId) {
        refuseIf(of(userName).stream().noneMatch(key -> key.key().id().equals(keyId)), () -> noSuchKey(keyId));
        return keyId;
    }

    private static ServiceError noSuchKey(String keyId) {
        return Entities.noSuchEntity("The Access Key with id " + keyId + " cannot be found.");
    }
}
