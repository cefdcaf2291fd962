package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.wire.OperationRegistry;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.User;

/** Users. A new one may do nothing. */
record Users(Entities entities, IdentityPolicies policies, AccessKeys keys) {

    void register(OperationRegistry operations) {
        var users = new Registrar<>(operations, entities, Kind.USER);
        operations.on(
                CreateUserRequest.class,
                request -> users.creation(
                        request.path(), request.userName(), request.tags(), request.permissionsBoundary()),
                this::create);
        users.answerOfCaller(GetUserRequest.class, (name, request) -> GetUserResponse.builder()
                .user(full(entities.get(Kind.USER, name)))
                .build());
        users.list(ListUsersRequest.class, this::list);
        users.act(DeleteUserRequest.class, this::delete);
    }

    private CreateUserResponse create(CreateUserRequest request) {
        Entity entity = entities.create(Kind.USER, request.path(), request.userName(), Tags.map(request.tags()));
        UserEntity user = new UserEntity(entity, policies.boundary(request.permissionsBoundary()));
        return CreateUserResponse.builder()
                .user(full(entities.add(Kind.USER, request.userName(), user)))
                .build();
    }

    private ListUsersResponse list(ListUsersRequest request) {
        return Rendering.page(request, ListUsersResponse.builder(), entities.all(Kind.USER), user -> brief(user)
                .build());
    }

    private void delete(DeleteUserRequest request) {
        entities.remove(Kind.USER, request.userName(), user -> {
            refuseIf(
                    !keys.longTermKeys(user.entity().id()).isEmpty(),
                    () -> Entities.deleteConflict("Cannot delete entity, must delete access keys first."));
            Entities.requireNoPolicies(user.grants());
        });
    }

    /** A user as lists show it: without tags and boundary. */
    private static User.Builder brief(UserEntity user) {
        return Rendering.entity(Kind.USER, user.entity(), User.builder());
    }

    private static User full(UserEntity user) {
        return brief(user)
                .tags(Rendering.tags(user.entity().tags()))
                .permissionsBoundary(Rendering.boundary(user.grants()))
                .build();
    }
}
