package dev.resilient.cloud.sts;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Call;
import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.ServiceModel;
import java.time.Duration;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** The Security Token Service: what it supports is what it registers. Thread-safe. */
public final class Sts implements AwsService {
    private static final ServiceModel MODEL = new ServiceModel(
            "sts",
            "software.amazon.awssdk.services.sts.model",
            "2011-06-15",
            new ServiceModel.Protocol.Query("https://sts.amazonaws.com/doc/2011-06-15/"));
    private static final SupportedMembers SESSION_MEMBERS = SupportedMembers.of("DurationSeconds");
    private static final int DEFAULT_SESSION_OF_USER_SECONDS = 43_200;
    private final AssumeRole assumeRole;
    private final AccessKeys keys;

    /** A service that opens {@code sessions} of these roles for whom they and the {@code authorizer} let. */
    public Sts(RoleDirectory roles, RoleSessions sessions, AccessKeys keys, Authorizer authorizer) {
        this.assumeRole = new AssumeRole(roles, sessions, authorizer);
        this.keys = keys;
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
        operations.register(GetSessionTokenRequest.class, Access.everyone(), this::getSessionToken);
    }

    private static GetCallerIdentityResponse getCallerIdentity(Call call) {
        return GetCallerIdentityResponse.builder()
                .account(call.caller().accountId())
                .arn(call.caller().arn())
                .userId(call.caller().userId())
                .build();
    }

    private GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request, Call call) {
        refuseIf(
                keys.find(call.caller().accessKeyId())
                        .filter(key -> !key.isLongTerm())
                        .isPresent(),
                () -> new ServiceError("AccessDenied", 403, "Cannot call GetSessionToken with session credentials"));
        SESSION_MEMBERS.check(request);
        int seconds = request.durationSeconds() == null ? DEFAULT_SESSION_OF_USER_SECONDS : request.durationSeconds();
        AccessKey key = keys.createTemporary(call.caller(), Duration.ofSeconds(seconds));
        return GetSessionTokenResponse.builder().credentials(credentials(key)).build();
    }

    static Credentials credentials(AccessKey key) {
        return Credentials.builder()
                .accessKeyId(key.id())
                .secretAccessKey(key.secret())
                .sessionToken(key.sessionToken())
                .expiration(key.expiration())
                .build();
    }
}
