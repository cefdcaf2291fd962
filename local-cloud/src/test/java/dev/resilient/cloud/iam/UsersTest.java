package dev.resilient.cloud.iam;

import static dev.resilient.cloud.iam.Errors.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Gate.Decision;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

class UsersTest {
    private static final String READS = document("Allow", "ssm:Get*");
    private static final String SSM_READ_ONLY = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess";
    private static final String PARAMETER = "arn:aws:ssm:us-west-2:123456789012:parameter/a";

    private final ManualTime time = new ManualTime();
    private final DirectIam direct = new DirectIam(TestContext.at(time));
    private final IamClient iam = direct.client(direct.administrator);
    private final Authorizer authorizer =
            new Authorizer(TestContext.at(time), direct.keys, direct.service.principals(), direct.service);

    @Test
    void a_user_is_created_found_listed_and_deleted() {
        User alice = iam.createUser(
                        user -> user.userName("alice").path("/team/").tags(tag("stage", "test")))
                .user();

        assertThat(alice.arn()).isEqualTo("arn:aws:iam::123456789012:user/team/alice");
        assertThat(alice.userId()).matches("AIDA[A-Z2-7]{17}");
        assertThat(alice.createDate()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(iam.getUser(user -> user.userName("alice")).user()).isEqualTo(alice);
        assertThat(iam.listUsers().users()).extracting(User::userName).containsExactly("administrator", "alice");
        assertThat(iam.listUsers(users -> users.pathPrefix("/team/")).users())
                .extracting(User::userName)
                .containsExactly("alice");
        assertError(
                () -> iam.createUser(user -> user.userName("Alice")),
                "EntityAlreadyExists",
                409,
                "User with name Alice already exists.");
        iam.deleteUser(user -> user.userName("alice"));
        assertNoSuchEntity(
                () -> iam.getUser(user -> user.userName("alice")), "The user with name alice cannot be found.");
    }

    @Test
    void without_a_name_users_mean_themselves_and_sessions_have_to_name_one() {
        Caller alice = createUser("alice");

        assertThat(iam.getUser().user().userName()).isEqualTo("administrator");
        assertThat(direct.client(alice).getUser().user().userName()).isEqualTo("alice");
        assertThat(direct.client(alice).createAccessKey().accessKey().userName())
                .isEqualTo("alice");
        Caller session =
                new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/reader/me", "AROAREADER:me");
        assertError(
                () -> direct.client(session).getUser(),
                "ValidationError",
                400,
                "Must specify userName when calling with non-User credentials");
    }

    @Test
    void a_user_is_not_deleted_while_anything_hangs_on_it() {
        createUser("alice");
        AccessKey key = createKey("alice");
        iam.attachUserPolicy(policy -> policy.userName("alice").policyArn(SSM_READ_ONLY));
        iam.putUserPolicy(
                policy -> policy.userName("alice").policyName("inline").policyDocument(READS));
        ThrowingCallable delete = () -> iam.deleteUser(user -> user.userName("alice"));

        assertDeleteConflict(delete, "Cannot delete entity, must delete access keys first.");
        iam.deleteAccessKey(each -> each.userName("alice").accessKeyId(key.accessKeyId()));
        assertDeleteConflict(delete, "Cannot delete entity, must detach all policies first.");
        iam.detachUserPolicy(policy -> policy.userName("alice").policyArn(SSM_READ_ONLY));
        assertDeleteConflict(delete, "Cannot delete entity, must delete policies first.");
        iam.deleteUserPolicy(policy -> policy.userName("alice").policyName("inline"));
        iam.deleteUser(user -> user.userName("alice"));
        assertThat(iam.listUsers().users()).hasSize(1);
    }

    @Test
    void a_user_has_two_keys_at_most_and_none_of_somebody_elses() {
        createUser("alice");
        AccessKey first = createKey("alice");
        AccessKey second = createKey("alice");

        assertError(() -> createKey("alice"), "LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2");
        assertThat(iam.listAccessKeys(keys -> keys.userName("alice")).accessKeyMetadata())
                .extracting(AccessKeyMetadata::accessKeyId)
                .containsExactlyInAnyOrder(first.accessKeyId(), second.accessKeyId());
        createUser("bob");
        String ofAlice = first.accessKeyId();
        assertNoSuchEntity(
                () -> iam.deleteAccessKey(key -> key.userName("bob").accessKeyId(ofAlice)),
                "The Access Key with id " + ofAlice + " cannot be found.");
        assertThat(direct.keys.find(ofAlice)).isPresent();
    }

    @Test
    void a_key_that_is_switched_off_is_no_key_until_it_is_switched_on() {
        createUser("alice");
        String key = createKey("alice").accessKeyId();
        assertThat(authorizer.accessKey(key)).isPresent();

        iam.updateAccessKey(each -> each.userName("alice").accessKeyId(key).status(StatusType.INACTIVE));
        assertThat(authorizer.accessKey(key)).isEmpty();
        assertThat(iam.listAccessKeys(keys -> keys.userName("alice")).accessKeyMetadata())
                .extracting(AccessKeyMetadata::status)
                .containsExactly(StatusType.INACTIVE);
        iam.updateAccessKey(each -> each.userName("alice").accessKeyId(key).status(StatusType.ACTIVE));
        assertThat(authorizer.accessKey(key)).isPresent();
    }

    @Test
    void a_user_may_do_what_its_policies_allow() {
        Caller alice = createUser("alice");
        assertDenied(alice, "ssm:GetParameter", " because no identity-based policy allows the ssm:GetParameter action");

        iam.putUserPolicy(
                policy -> policy.userName("alice").policyName("inline").policyDocument(READS));
        assertThat(decide(alice, "ssm:GetParameter")).isInstanceOf(Decision.Allowed.class);
        iam.deleteUserPolicy(policy -> policy.userName("alice").policyName("inline"));

        iam.attachUserPolicy(policy -> policy.userName("alice").policyArn(SSM_READ_ONLY));
        assertThat(decide(alice, "ssm:GetParameter")).isInstanceOf(Decision.Allowed.class);
        iam.putUserPolicy(policy ->
                policy.userName("alice").policyName("not").policyDocument(document("Deny", "ssm:GetParameter")));
        assertDenied(alice, "ssm:GetParameter", " with an explicit deny in an identity-based policy");
    }

    @Test
    void a_boundary_bounds_users_whatever_their_policies_allow() {
        String boundary = iam.createPolicy(
                        policy -> policy.policyName("boundary").policyDocument(READS))
                .policy()
                .arn();
        iam.createUser(user -> user.userName("alice").permissionsBoundary(boundary));
        Caller alice = caller("alice");
        iam.attachUserPolicy(
                policy -> policy.userName("alice").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));

        assertThat(decide(alice, "ssm:GetParameter")).isInstanceOf(Decision.Allowed.class);
        assertDenied(alice, "ssm:PutParameter", " because no permissions boundary allows the ssm:PutParameter action");
        assertThat(iam.getUser(user -> user.userName("alice"))
                        .user()
                        .permissionsBoundary()
                        .permissionsBoundaryArn())
                .isEqualTo(boundary);
        assertThat(iam.getPolicy(policy -> policy.policyArn(boundary)).policy().permissionsBoundaryUsageCount())
                .isEqualTo(1);
        assertDeleteConflict(
                () -> iam.deletePolicy(policy -> policy.policyArn(boundary)),
                "Cannot delete a policy attached to entities.");

        iam.deleteUserPermissionsBoundary(user -> user.userName("alice"));
        assertThat(decide(alice, "ssm:PutParameter")).isInstanceOf(Decision.Allowed.class);
        iam.putUserPermissionsBoundary(user -> user.userName("alice").permissionsBoundary(SSM_READ_ONLY));
        assertDenied(alice, "ssm:PutParameter", " because no permissions boundary allows the ssm:PutParameter action");
        assertNoSuchEntity(
                () -> iam.createUser(
                        user -> user.userName("bob").permissionsBoundary("arn:aws:iam::123456789012:policy/none")),
                "Scope ARN: arn:aws:iam::123456789012:policy/none does not exist or is not attachable.");
    }

    @Test
    void policies_know_users_by_name_and_tags() {
        iam.createUser(user -> user.userName("alice").tags(tag("team", "blue")));
        Caller alice = caller("alice");
        iam.putUserPolicy(policy -> policy.userName("alice").policyName("own").policyDocument("""
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "ssm:GetParameter",
               "Resource": "arn:aws:ssm:*:*:parameter/${aws:username}/*"},
              {"Effect": "Allow", "Action": "ssm:GetParameter",
               "Resource": "arn:aws:ssm:*:*:parameter/team/${aws:PrincipalTag/team}"}]}
            """));

        assertThat(decide(alice, "ssm:GetParameter", PARAMETER + "lice/x")).isInstanceOf(Decision.Allowed.class);
        assertThat(decide(alice, "ssm:GetParameter", PARAMETER.replace("/a", "/bob/x")))
                .isInstanceOf(Decision.Denied.class);
        assertThat(decide(alice, "ssm:GetParameter", PARAMETER.replace("/a", "/team/blue")))
                .isInstanceOf(Decision.Allowed.class);
        iam.untagUser(user -> user.userName("alice").tagKeys("Team"));
        assertThat(decide(alice, "ssm:GetParameter", PARAMETER.replace("/a", "/team/blue")))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void tags_are_replaced_whatever_their_letter_case() {
        createUser("alice");
        iam.tagUser(user -> user.userName("alice").tags(tag("Stage", "test"), tag("team", "blue")));
        iam.tagUser(user -> user.userName("alice").tags(tag("stage", "live")));

        assertThat(iam.listUserTags(user -> user.userName("alice")).tags())
                .containsExactly(tag("stage", "live"), tag("team", "blue"));
        iam.untagUser(user -> user.userName("alice").tagKeys("STAGE", "none"));
        assertThat(iam.listUserTags(user -> user.userName("alice")).tags()).containsExactly(tag("team", "blue"));
        assertError(
                () -> iam.tagPolicy(policy -> policy.policyArn(SSM_READ_ONLY).tags(tag("a", "b"))),
                "InvalidInput",
                400,
                "Policy is outside your own account.");
    }

    private Caller createUser(String name) {
        iam.createUser(user -> user.userName(name));
        return caller(name);
    }

    private Caller caller(String name) {
        User user = iam.getUser(each -> each.userName(name)).user();
        return new Caller("123456789012", user.arn(), user.userId());
    }

    private AccessKey createKey(String userName) {
        return iam.createAccessKey(key -> key.userName(userName)).accessKey();
    }

    private Decision decide(Caller caller, String action) {
        return decide(caller, action, PARAMETER);
    }

    private Decision decide(Caller caller, String action, String resource) {
        return authorizer.decide(caller, new Access.Question(action, resource, Map.of()), Gate.Origin.NONE);
    }

    private void assertDenied(Caller caller, String action, String why) {
        assertThat(decide(caller, action))
                .isEqualTo(new Decision.Denied("User: " + caller.arn() + " is not authorized to perform: " + action
                        + " on resource: " + PARAMETER + why));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String document(String effect, String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"" + effect + "\", \"Action\": \"" + action
                + "\", \"Resource\": \"*\"}}";
    }

    private static void assertDeleteConflict(ThrowingCallable call, String message) {
        assertError(call, "DeleteConflict", 409, message);
    }

    private static void assertNoSuchEntity(ThrowingCallable call, String message) {
        assertError(call, "NoSuchEntity", 404, message);
    }
}
