package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.AccessKeys;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;

/** Users. A new one may do nothing. */
record Users(Entities entities, IdentityPolicies policies, AccessKeys keys) {

    void register(Registrar users) {
        users.create(CreateUserRequest.class, policies::bounded);
        users.get(GetUserRequest.class);
        users.list(ListUsersRequest.class, (_, _) -> true);
        users.delete(DeleteUserRequest.class, this::checkUnused);
        new UserKeys(entities, keys).register(users);
    }

    private void checkUnused(Entity user) {
        refuseIf(
                !keys.longTermKeys(user.id()).isEmpty(),
                () -> Entities.deleteConflict("Cannot delete entity, must delete access keys first."));
        IdentityPolicies.requireNone(user);
    }
}
