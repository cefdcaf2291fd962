package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.wire.OperationRegistry;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.User;

/** Users. A new one may do nothing. */
final class Users {
    private final Entities entities;
    private final IdentityPolicies policies;
    private final AccessKeys keys;

    Users(Entities entities, IdentityPolicies policies, AccessKeys keys) {
        this.entities = entities;
        this.policies = policies;
        this.keys = keys;
    }

    void register(OperationRegistry operations) {
        var users = new Registrar<>(operations, entities, Kind.USER);
        users.answerAsking(
                CreateUserRequest.class,
                request -> users.creation(
                        request.path(), request.userName(), request.tags(), request.permissionsBoundary()),
                this::create);
        users.answerOfCaller(
                GetUserRequest.class, GetUserRequest::userName, (name, request) -> GetUserResponse.builder()
                        .user(full(entities.get(Kind.USER, name)))
                        .build());
        users.list(ListUsersRequest.class, ListUsersRequest::pathPrefix, this::list);
        users.act(UpdateUserRequest.class, UpdateUserRequest::userName, this::update);
        users.act(DeleteUserRequest.class, DeleteUserRequest::userName, this::delete);
    }

    private CreateUserResponse create(CreateUserRequest request) {
        Entity entity = entities.create(Kind.USER, request.path(), request.userName(), Tags.map(request.tags()));
        UserEntity user = new UserEntity(entity, policies.boundary(request.permissionsBoundary()), Set.of());
        return CreateUserResponse.builder()
                .user(full(entities.add(Kind.USER, request.userName(), user)))
                .build();
    }

    private ListUsersResponse list(ListUsersRequest request) {
        Page<UserEntity> page =
                Rendering.page(entities.all(Kind.USER), request.pathPrefix(), request.marker(), request.maxItems());
        return Rendering.paged(
                page,
                ListUsersResponse.builder()
                        .users(page.items().stream()
                                .map(user -> brief(user).build())
                                .toList()));
    }

    private void update(UpdateUserRequest request) {
        UserEntity renamed = entities.rename(Kind.USER, request.userName(), request.newPath(), request.newUserName());
        keys.rename(entities.caller(renamed));
    }

    private void delete(DeleteUserRequest request) {
        entities.remove(Kind.USER, request.userName(), user -> {
            if (!keys.longTermKeys(user.entity().id()).isEmpty()) {
                throw Entities.deleteConflict("Cannot delete entity, must delete access keys first.");
            }
            if (!user.groups().isEmpty()) {
                throw Entities.deleteConflict("Cannot delete entity, must remove users from group first.");
            }
            Entities.requireNoPolicies(user.grants());
        });
    }

    /** A user as lists show it: without tags and boundary. */
    static User.Builder brief(UserEntity user) {
        Entity entity = user.entity();
        return User.builder()
                .path(entity.path())
                .userName(entity.name())
                .userId(entity.id())
                .arn(entity.arn())
                .createDate(entity.created());
    }

    private static User full(UserEntity user) {
        return brief(user)
                .tags(Rendering.tags(user.entity().tags()))
                .permissionsBoundary(Rendering.boundary(user.grants()))
                .build();
    }
}
