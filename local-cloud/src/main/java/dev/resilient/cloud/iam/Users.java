package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.AccessKeys;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;

/** Users. A new one may do nothing. */
record Users(Entities entities, IdentityPolicies policies, AccessKeys keys) {

    void register(Registrar users) {
        users.create(CreateUserRequest.class, CreateUserResponse::builder, policies::bounded);
        users.answerOfCaller(
                GetUserRequest.class,
                (name, _) -> users.shown(GetUserResponse.builder(), entities.get(Kind.USER, name)));
        users.list(ListUsersRequest.class, ListUsersResponse::builder, (_, _) -> true);
        users.delete(DeleteUserRequest.class, this::checkUnused);
    }

    private void checkUnused(Entity user) {
        refuseIf(
                !keys.longTermKeys(user.id()).isEmpty(),
                () -> Entities.deleteConflict("Cannot delete entity, must delete access keys first."));
        IdentityPolicies.requireNone(user);
    }
}
