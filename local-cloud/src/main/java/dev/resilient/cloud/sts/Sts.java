package dev.resilient.cloud.sts;

import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Call;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The Security Token Service: what it supports is what it registers. Thread-safe. */
public final class Sts implements AwsService {
    private static final ServiceModel MODEL = new ServiceModel(
            "sts",
            "software.amazon.awssdk.services.sts.model",
            "2011-06-15",
            new ServiceModel.Protocol.Query("https://sts.amazonaws.com/doc/2011-06-15/"));
    private final AssumeRole assumeRole;

    /** A service that opens {@code sessions} of these roles for whom they and the {@code authorizer} let. */
    public Sts(RoleDirectory roles, RoleSessions sessions, Authorizer authorizer) {
        assumeRole = new AssumeRole(roles, sessions, authorizer);
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry operations) {
        operations.register(
                GetCallerIdentityRequest.class, Access.everyone(), (request, call) -> getCallerIdentity(call));
        // The handler decides itself: the role's trust policy has a say that the gate knows nothing of.
        operations.register(AssumeRoleRequest.class, Access.everyone(), assumeRole::handle);
    }

    private static GetCallerIdentityResponse getCallerIdentity(Call call) {
        return GetCallerIdentityResponse.builder()
                .account(call.caller().accountId())
                .arn(call.caller().arn())
                .userId(call.caller().userId())
                .build();
    }
}
