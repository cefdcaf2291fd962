package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.AccessKeys.IssuedKey;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** The access keys of users: two at most, each of which can be switched off. */
final class UserKeys {
    private static final int MAXIMUM = 2;
    private final Entities entities;
    private final AccessKeys keys;

    UserKeys(Entities entities, AccessKeys keys) {
        this.entities = entities;
        this.keys = keys;
    }

    void register(OperationRegistry operations) {
        var users = new Registrar<>(operations, entities, Kind.USER);
        users.answerOfCaller(
                CreateAccessKeyRequest.class,
                CreateAccessKeyRequest::userName,
                (name, request) -> entities.exclusively(() -> create(name)));
        users.answerOfCaller(ListAccessKeysRequest.class, ListAccessKeysRequest::userName, this::list);
        users.answerOfCaller(UpdateAccessKeyRequest.class, UpdateAccessKeyRequest::userName, (name, request) -> {
            keys.activate(require(name, request.accessKeyId()), request.status() == StatusType.ACTIVE);
            return UpdateAccessKeyResponse.builder().build();
        });
        users.answerOfCaller(DeleteAccessKeyRequest.class, DeleteAccessKeyRequest::userName, (name, request) -> {
            keys.delete(require(name, request.accessKeyId()));
            return DeleteAccessKeyResponse.builder().build();
        });
        users.answerAsking(
                GetAccessKeyLastUsedRequest.class,
                request -> List.of(users.on(ownerOf(request.accessKeyId()), Map.of())),
                this::lastUsed);
    }

    private CreateAccessKeyResponse create(String userName) {
        UserEntity user = entities.get(Kind.USER, userName);
        if (keys.longTermKeys(user.entity().id()).size() >= MAXIMUM) {
            throw Entities.limitExceeded("Cannot exceed quota for AccessKeysPerUser: " + MAXIMUM);
        }
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
        List<AccessKeyMetadata> all = of(userName).stream()
                .map(key -> AccessKeyMetadata.builder()
                        .userName(userName)
                        .accessKeyId(key.key().id())
                        .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                        .createDate(key.created())
                        .build())
                .toList();
        Page<AccessKeyMetadata> page =
                Rendering.page(all, AccessKeyMetadata::accessKeyId, request.marker(), request.maxItems());
        return Rendering.paged(page, ListAccessKeysResponse.builder().accessKeyMetadata(page.items()));
    }

    private GetAccessKeyLastUsedResponse lastUsed(GetAccessKeyLastUsedRequest request) {
        var response = GetAccessKeyLastUsedResponse.builder().userName(ownerOf(request.accessKeyId()));
        return keys.lastUse(request.accessKeyId())
                .map(use -> response.accessKeyLastUsed(used ->
                        used.lastUsedDate(use.at()).serviceName(use.service()).region(use.region())))
                .orElseGet(() -> response.accessKeyLastUsed(
                        never -> never.serviceName("N/A").region("N/A")))
                .build();
    }

    private List<IssuedKey> of(String userName) {
        return keys.longTermKeys(entities.get(Kind.USER, userName).entity().id());
    }

    /** The id of a key that this user has. */
    private String require(String userName, String keyId) {
        if (of(userName).stream().noneMatch(key -> key.key().id().equals(keyId))) {
            throw noSuchKey(keyId);
        }
        return keyId;
    }

    private String ownerOf(String keyId) {
        String arn = keys.find(keyId)
                .filter(IssuedKey::isLongTerm)
                .orElseThrow(() -> noSuchKey(keyId))
                .key()
                .caller()
                .arn();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static ServiceError noSuchKey(String keyId) {
        return Entities.noSuchEntity("The Access Key with id " + keyId + " cannot be found.");
    }
}
