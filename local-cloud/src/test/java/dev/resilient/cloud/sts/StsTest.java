package dev.resilient.cloud.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.cloud.identity.Principal;
import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.cloud.identity.RoleCredentials.Issued;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.policy.PolicyDocument.Kind;
import dev.resilient.policy.PolicyType;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Access;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Gate.Decision;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

class StsTest {
    private static final String ROLE_ARN = "arn:aws:iam::123456789012:role/server";
    private static final String EC2 = "{'Service': 'ec2.amazonaws.com'}";
    private static final String ACCOUNT = "{'AWS': 'arn:aws:iam::123456789012:root'}";
    private static final Caller ALICE = new Caller("123456789012", "arn:aws:iam::123456789012:user/alice", "AIDAALICE");
    private static final String NOT_AUTHORIZED =
            "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole on resource: "
                    + ROLE_ARN;

    private final ManualTime time = new ManualTime();
    private final CloudContext cloud = TestContext.at(time);
    private final FakeDirectory directory = new FakeDirectory();
    private final AccessKeys keys = new AccessKeys(cloud);
    private final RoleSessions sessions =
            new RoleSessions(Account.inRegion("us-west-2"), directory, keys, time, Duration.ofHours(6));
    private final Map<String, PolicyDocument> policies = new HashMap<>();
    private final Authorizer authorizer = new Authorizer(
            cloud,
            keys,
            caller -> Optional.of(new Principal(
                    caller.arn(),
                    Map.of(),
                    Map.of(
                            PolicyType.IDENTITY,
                            Optional.ofNullable(policies.get(caller.arn())).stream()
                                    .toList()))),
            (arn, request) -> Map.of());
    private final AssumeRole assumeRole = new AssumeRole(directory, sessions, authorizer);

    @BeforeEach
    void aProfileWithARole() {
        directory.roles.put("server", role("server", "AROASERVER", EC2));
        directory.profileRole = "server";
    }

    @Test
    void an_instance_gets_the_credentials_of_its_role() {
        Issued issued = issued();

        assertThat(issued.roleName()).isEqualTo("server");
        assertThat(issued.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
        assertThat(issued.lastUpdated()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(issued.expiration()).isEqualTo("2026-01-01T18:00:00Z");
        assertThat(authorizer.accessKey(issued.accessKeyId()).orElseThrow().caller())
                .isEqualTo(new Caller(
                        "123456789012",
                        "arn:aws:sts::123456789012:assumed-role/server/i-0e4b7104cfaf8e056",
                        "AROASERVER:i-0e4b7104cfaf8e056",
                        issued.accessKeyId()));
        assertThat(issued.toString()).doesNotContain(issued.secretAccessKey()).doesNotContain(issued.token());
    }

    @Test
    void credentials_stay_the_same_until_shortly_before_they_expire() {
        Issued first = issued();

        time.advance(Duration.ofHours(6).minusMinutes(10).minusSeconds(1));
        assertThat(issued()).isEqualTo(first);
        time.advance(Duration.ofSeconds(1));
        Issued second = issued();
        assertThat(second.accessKeyId()).isNotEqualTo(first.accessKeyId());
        assertThat(second.lastUpdated()).isEqualTo("2026-01-01T17:50:00Z");
        assertThat(Duration.between(time.instant(), first.expiration())).isGreaterThan(Duration.ofMinutes(5));
        assertThat(authorizer.accessKey(first.accessKeyId())).isPresent();
    }

    @Test
    void each_instance_has_its_own_session() {
        assertThat(sessions.ofInstance("profile", "i-0000000000000000a"))
                .isNotEqualTo(sessions.ofInstance("profile", "i-0000000000000000b"));
    }

    @Test
    void another_role_in_the_profile_means_other_credentials_at_once() {
        Issued first = issued();
        directory.roles.put("restricted", role("restricted", "AROARESTRICTED", EC2));
        directory.profileRole = "restricted";

        assertThat(issued().roleName()).isEqualTo("restricted");
        assertThat(issued().accessKeyId()).isNotEqualTo(first.accessKeyId());
    }

    @Test
    void a_recreated_role_means_other_credentials_at_once() {
        Issued first = issued();
        directory.roles.put("server", role("server", "AROAOTHER", EC2));

        assertThat(issued().accessKeyId()).isNotEqualTo(first.accessKeyId());
    }

    @Test
    void a_role_that_does_not_trust_ec2_gives_no_credentials() {
        directory.roles.put("server", role("server", "AROASERVER", ACCOUNT));

        var refused = (RoleCredentials.NotTrusted) sessions.ofInstance("profile", "i-0e4b7104cfaf8e056");

        assertThat(refused.code()).isEqualTo("AssumeRoleUnauthorizedAccess");
        assertThat(refused.message())
                .isEqualTo("EC2 cannot assume the role server.  Please see documentation at"
                        + " http://docs.amazonwebservices.com/IAM/latest/UserGuide/RolesTroubleshooting.html.");
        assertThat(refused.lastUpdated()).isEqualTo("2026-01-01T12:00:00Z");
    }

    @Test
    void without_role_or_profile_there_are_no_credentials() {
        directory.profileRole = null;
        assertThat(sessions.ofInstance("profile", "i-0e4b7104cfaf8e056")).isEqualTo(new RoleCredentials.NoRole());
        assertThat(sessions.ofInstance("gone", "i-0e4b7104cfaf8e056")).isEqualTo(new RoleCredentials.NoProfile());
    }

    @Test
    void a_session_lasts_at_least_a_quarter_of_an_hour() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new RoleSessions(Account.inRegion("us-west-2"), directory, keys, time, Duration.ofMinutes(14)));
    }

    @Test
    void a_trusted_user_becomes_a_session_of_the_role() {
        directory.roles.put("server", role("server", "AROASERVER", "{'AWS': '" + ALICE.arn() + "'}"));

        AssumeRoleResponse response = assume(AssumeRoleRequest.builder());

        assertThat(response.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/server/me");
        assertThat(response.assumedRoleUser().assumedRoleId()).isEqualTo("AROASERVER:me");
        assertThat(response.credentials().expiration()).isEqualTo("2026-01-01T13:00:00Z");
        var key = authorizer.accessKey(response.credentials().accessKeyId()).orElseThrow();
        assertThat(key.secret()).isEqualTo(response.credentials().secretAccessKey());
        assertThat(key.sessionToken()).isEqualTo(response.credentials().sessionToken());
    }

    @Test
    void a_role_that_trusts_the_account_leaves_it_to_the_callers_policies() {
        directory.roles.put("server", role("server", "AROASERVER", ACCOUNT));

        assertDenied(" because no identity-based policy allows the sts:AssumeRole action");
        aliceHas("Allow");
        assertThat(assume(AssumeRoleRequest.builder()).credentials()).isNotNull();
    }

    @Test
    void a_role_that_trusts_somebody_else_is_denied_whatever_the_callers_policies_allow() {
        aliceHas("Allow");

        assertDenied(" because no role trust policy allows the sts:AssumeRole action");
    }

    @Test
    void a_deny_in_the_callers_policies_wins_over_trust() {
        directory.roles.put("server", role("server", "AROASERVER", "{'AWS': '" + ALICE.arn() + "'}"));
        aliceHas("Deny");

        assertDenied(" with an explicit deny in an identity-based policy");
    }

    @Test
    void a_role_that_does_not_exist_is_denied_too() {
        aliceHas("Allow");
        directory.roles.clear();

        assertDenied("");
    }

    @Test
    void a_session_is_not_longer_than_the_role_allows() {
        directory.roles.put("server", role("server", "AROASERVER", "'*'"));

        assertError(
                () -> assume(AssumeRoleRequest.builder().durationSeconds(7201)),
                "ValidationError",
                400,
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        assertThat(assume(AssumeRoleRequest.builder().durationSeconds(7200))
                        .credentials()
                        .expiration())
                .isEqualTo("2026-01-01T14:00:00Z");
    }

    @Test
    void a_trust_policy_may_ask_for_an_external_id() {
        String condition = "'*', 'Condition': {'StringEquals': {'sts:ExternalId': 'agreed'}}";
        directory.roles.put("server", role("server", "AROASERVER", condition));

        assertDenied(" because no role trust policy allows the sts:AssumeRole action");
        assertThat(assume(AssumeRoleRequest.builder().externalId("agreed")).credentials())
                .isNotNull();
    }

    @Test
    void a_session_that_becomes_another_role_lasts_an_hour_at_most() {
        directory.roles.put("server", role("server", "AROASERVER", "'*'"));
        Caller session =
                new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/reader/me", "AROAREADER:me");
        AssumeRoleRequest.Builder request =
                AssumeRoleRequest.builder().roleArn(ROLE_ARN).roleSessionName("me");
        Call call = new Call(session, "request", new byte[0], Gate.Origin.NONE, new OpenGate());

        assertError(
                () -> assumeRole.handle(request.durationSeconds(3601).build(), call),
                "ValidationError",
                400,
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
        assertThat(assumeRole
                        .handle(request.durationSeconds(3600).build(), call)
                        .credentials())
                .isNotNull();
    }

    @Test
    void a_user_gets_a_session_of_its_own_that_iam_does_not_take() {
        policies.put(ALICE.arn(), policy("'Allow', 'Action': '*'"));
        OperationRegistry operations = new OperationRegistry("sts");
        new Sts(directory, sessions, keys, authorizer).register(operations);
        Caller alice = keys.createLongTerm(ALICE).caller();

        Credentials credentials = getSessionToken(operations, alice, 900);
        Caller session =
                authorizer.accessKey(credentials.accessKeyId()).orElseThrow().caller();

        assertThat(credentials.expiration()).isEqualTo("2026-01-01T12:15:00Z");
        assertThat(session.arn()).isEqualTo(ALICE.arn());
        assertThat(decide(session, "s3:GetObject")).isInstanceOf(Decision.Allowed.class);
        assertError(
                () -> decide(session, "iam:GetUser"),
                "InvalidClientTokenId",
                403,
                "The security token included in the request is invalid.");
        assertError(
                () -> getSessionToken(operations, session, 900),
                "AccessDenied",
                403,
                "Cannot call GetSessionToken with session credentials");
        assertThat(getSessionToken(operations, alice, null).expiration()).isEqualTo("2026-01-02T00:00:00Z");
    }

    private static Credentials getSessionToken(OperationRegistry operations, Caller caller, @Nullable Integer seconds) {
        var request = GetSessionTokenRequest.builder().durationSeconds(seconds).build();
        return ((GetSessionTokenResponse)
                        handle(operations.find("GetSessionToken").orElseThrow(), request, caller))
                .credentials();
    }

    private static <I extends AwsRequest> Object handle(Operation<I, ?> operation, AwsRequest request, Caller caller) {
        return operation
                .handler()
                .handle(
                        operation.requestType().cast(request),
                        new Call(caller, "request", new byte[0], Gate.Origin.NONE, new OpenGate()))
                .response();
    }

    @Test
    void what_would_mark_the_session_otherwise_is_refused_by_name() {
        directory.roles.put("server", role("server", "AROASERVER", "'*'"));

        assertError(
                () -> assume(AssumeRoleRequest.builder().sourceIdentity("alice")),
                "ValidationError",
                400,
                "The parameter SourceIdentity is not supported by this cloud");
        assertError(
                () -> assume(AssumeRoleRequest.builder().policy("{}")),
                "ValidationError",
                400,
                "The parameter Policy is not supported by this cloud");
        assertError(
                () -> assume(AssumeRoleRequest.builder().transitiveTagKeys("a")),
                "ValidationError",
                400,
                "The parameter TransitiveTagKeys is not supported by this cloud");
    }

    private Issued issued() {
        return (Issued) sessions.ofInstance("profile", "i-0e4b7104cfaf8e056");
    }

    private AssumeRoleResponse assume(AssumeRoleRequest.Builder request) {
        return assumeRole.handle(
                request.roleArn(ROLE_ARN).roleSessionName("me").build(),
                new Call(ALICE, "request", new byte[0], Gate.Origin.NONE, new OpenGate()));
    }

    private Decision decide(Caller caller, String action) {
        return authorizer.decide(caller, new Access.Question(action, "*", Map.of()), Gate.Origin.NONE);
    }

    private void aliceHas(String effect) {
        policies.put(ALICE.arn(), policy("'" + effect + "', 'Action': 'sts:AssumeRole'"));
    }

    private static PolicyDocument policy(String effectAndMore) {
        return PolicyDocument.parse(
                ("{'Version': '2012-10-17', 'Statement': {'Resource': '*', 'Effect': " + effectAndMore + "}}")
                        .replace('\'', '"'),
                Kind.IDENTITY);
    }

    private void assertDenied(String why) {
        assertError(() -> assume(AssumeRoleRequest.builder()), "AccessDenied", 403, NOT_AUTHORIZED + why);
    }

    private static void assertError(ThrowingCallable call, String code, int status, String message) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.status()).isEqualTo(status);
                });
    }

    private static RoleDirectory.AssumableRole role(String name, String id, String principal) {
        String trust = "{'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Principal': " + principal
                + ", 'Action': 'sts:AssumeRole'}}";
        return new RoleDirectory.AssumableRole(
                name,
                "arn:aws:iam::123456789012:role/" + name,
                id,
                PolicyDocument.parse(trust.replace('\'', '"'), Kind.TRUST),
                Duration.ofHours(2));
    }

    private static final class FakeDirectory implements RoleDirectory {
        private final Map<String, AssumableRole> roles = new HashMap<>();
        private @Nullable String profileRole;

        @Override
        public Optional<AssumableRole> role(String name) {
            return Optional.ofNullable(roles.get(name));
        }

        @Override
        public Optional<ProfileOfInstances> instanceProfile(String nameOrArn) {
            return nameOrArn.equals("profile")
                    ? Optional.of(new ProfileOfInstances(
                            "profile", "arn:aws:iam::123456789012:instance-profile/profile", "AIPA", profileRole))
                    : Optional.empty();
        }
    }
}
