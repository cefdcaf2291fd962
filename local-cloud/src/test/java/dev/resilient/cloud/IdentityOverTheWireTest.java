package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.iam.Iam;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.Administrator;
import dev.resilient.cloud.identity.Authorizer;
import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.cloud.ssm.Ssm;
import dev.resilient.cloud.ssm.command.FakeInstances;
import dev.resilient.cloud.sts.RoleSessions;
import dev.resilient.cloud.sts.Sts;
import dev.resilient.time.SystemTime;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.endpoint.AwsEndpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.sts.StsClient;

/** IAM, STS and the Parameter Store as the SDK's clients see them, with signatures verified and policies deciding. */
class IdentityOverTheWireTest {
    private static final String TRUSTS_EC2 = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}";
    private static final String READS_PARAMETERS = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\":"
            + " \"Allow\", \"Action\": \"ssm:GetParameters\", \"Resource\": \"*\"}}";
    private static final String INSTANCE = "i-0e4b7104cfaf8e056";
    private static final String POLICY_ARN = "arn:aws:iam::123456789012:policy/server";

    private final Account account = Account.inRegion("us-west-2");
    private final TimeSource time = SystemTime.INSTANCE;
    private final CloudContext cloud = TestContext.at(time);
    private final AccessKeys keys = new AccessKeys(cloud);
    private final Caller administrator = Administrator.of(account);
    private final Iam iam = new Iam(cloud, keys, administrator);
    private final Authorizer authorizer = new Authorizer(cloud, keys, iam.principals(), iam);
    private final RoleSessions sessions = new RoleSessions(account, iam.roles(), keys, time, Duration.ofHours(6));
    private final List<AutoCloseable> clients = new ArrayList<>();
    private AwsEndpoint endpoint;
    private IamClient iamClient;
    private SsmClient ssmClient;
    private StsClient stsClient;

    @BeforeEach
    void startEndpoint() {
        endpoint = AwsEndpoint.builder(time, authorizer, account.region())
                .services(List.of(
                        iam,
                        new Sts(iam.roles(), sessions, keys, authorizer),
                        new Ssm(cloud, PublicImages.of(account), new FakeInstances(), (name, value) -> {})))
                .start();
        AwsCredentials administratorKey = credentials(keys.createLongTerm(administrator));
        iamClient = client(IamClient.builder(), administratorKey);
        ssmClient = client(SsmClient.builder(), administratorKey);
        stsClient = client(StsClient.builder(), administratorKey);
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        endpoint.close();
    }

    @Test
    void an_instance_may_do_what_its_role_allows_and_nothing_more() {
        createServerRole();
        ssmClient.putParameter(
                request -> request.name("table").value("recommendations").type(ParameterType.STRING));
        SsmClient instance = client(SsmClient.builder(), instanceCredentials());

        assertThat(instance.getParameters(request -> request.names("table", "none")))
                .satisfies(response -> {
                    assertThat(response.parameters())
                            .extracting(Parameter::value)
                            .containsExactly("recommendations");
                    assertThat(response.invalidParameters()).containsExactly("none");
                });
        assertError(
                () -> instance.getParameter(request -> request.name("table")),
                "AccessDeniedException",
                400,
                "User: arn:aws:sts::123456789012:assumed-role/server/" + INSTANCE
                        + " is not authorized to perform: ssm:GetParameter on resource:"
                        + " arn:aws:ssm:us-west-2:123456789012:parameter/table"
                        + " because no identity-based policy allows the ssm:GetParameter action");
    }

    @Test
    void a_change_of_the_roles_policies_counts_at_the_next_call() {
        createServerRole();
        SsmClient instance = client(SsmClient.builder(), instanceCredentials());
        assertThat(instance.getParameters(request -> request.names("table")).invalidParameters())
                .containsExactly("table");

        iamClient.detachRolePolicy(request -> request.roleName("server").policyArn(POLICY_ARN));

        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> instance.getParameters(request -> request.names("table")))
                .satisfies(denied ->
                        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }

    @Test
    void an_instance_may_not_touch_iam() {
        createServerRole();
        IamClient instance = client(IamClient.builder(), instanceCredentials());

        assertError(
                () -> instance.attachRolePolicy(
                        request -> request.roleName("server").policyArn("arn:aws:iam::aws:policy/AdministratorAccess")),
                "AccessDenied",
                403,
                "User: arn:aws:sts::123456789012:assumed-role/server/" + INSTANCE
                        + " is not authorized to perform: iam:AttachRolePolicy on resource:"
                        + " arn:aws:iam::123456789012:role/server"
                        + " because no identity-based policy allows the iam:AttachRolePolicy action");
    }

    @Test
    void everyone_may_ask_who_they_are() {
        Role role = createServerRole();
        StsClient instance = client(StsClient.builder(), instanceCredentials());

        assertThat(stsClient.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::123456789012:user/administrator");
        assertThat(stsClient.getCallerIdentity().account()).isEqualTo("123456789012");
        assertThat(instance.getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/server/" + INSTANCE);
        assertThat(instance.getCallerIdentity().userId()).isEqualTo(role.roleId() + ":" + INSTANCE);
    }

    @Test
    void credentials_of_a_deleted_role_are_no_credentials() {
        createServerRole();
        AwsCredentials credentials = instanceCredentials();
        deleteServerRole();

        assertError(
                () -> client(SsmClient.builder(), credentials).getParameters(request -> request.names("table")),
                "UnrecognizedClientException",
                400,
                "The security token included in the request is invalid.");
        assertError(
                () -> client(StsClient.builder(), credentials).getCallerIdentity(),
                "InvalidClientTokenId",
                403,
                "The security token included in the request is invalid.");
    }

    @Test
    void expired_credentials_are_called_expired() {
        Role role = createServerRole();
        Caller session = new Caller(
                account.id(),
                "arn:aws:sts::123456789012:assumed-role/server/" + INSTANCE,
                role.roleId() + ":" + INSTANCE);
        AwsCredentials expired = credentials(keys.createTemporary(session, Duration.ofHours(-1)));

        assertError(
                () -> client(StsClient.builder(), expired).getCallerIdentity(),
                "ExpiredToken",
                403,
                "The security token included in the request is expired");
    }

    @Test
    void a_role_is_assumed_and_its_session_has_the_roles_permissions() {
        iamClient.createRole(request -> request.roleName("reader")
                .assumeRolePolicyDocument(TRUSTS_EC2
                        .replace("Service", "AWS")
                        .replace("ec2.amazonaws.com", "arn:aws:iam::123456789012:root")));
        iamClient.putRolePolicy(
                request -> request.roleName("reader").policyName("inline").policyDocument(READS_PARAMETERS));

        var assumed = stsClient.assumeRole(request ->
                request.roleArn("arn:aws:iam::123456789012:role/reader").roleSessionName("me"));
        SsmClient reader = client(
                SsmClient.builder(),
                AwsSessionCredentials.create(
                        assumed.credentials().accessKeyId(),
                        assumed.credentials().secretAccessKey(),
                        assumed.credentials().sessionToken()));

        assertThat(assumed.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/reader/me");
        assertThat(Duration.between(time.instant(), assumed.credentials().expiration()))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        assertThat(reader.getParameters(request -> request.names("table")).invalidParameters())
                .containsExactly("table");
    }

    @Test
    void what_iam_shows_survives_the_wire() {
        createServerRole();

        Role role = iamClient.getRole(request -> request.roleName("server")).role();
        assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(TRUSTS_EC2);
        assertThat(role.arn()).isEqualTo("arn:aws:iam::123456789012:role/server");
        assertThat(role.tags())
                .containsExactly(Tag.builder().key("stage").value("test").build());
        var profile = iamClient
                .getInstanceProfile(request -> request.instanceProfileName("server"))
                .instanceProfile();
        assertThat(profile.roles()).extracting(Role::roleName).containsExactly("server");
        assertThat(profile.createDate()).isBeforeOrEqualTo(time.instant());
        String document = iamClient
                .getPolicyVersion(request -> request.policyArn(POLICY_ARN).versionId("v1"))
                .policyVersion()
                .document();
        assertThat(URLDecoder.decode(document, StandardCharsets.UTF_8)).isEqualTo(READS_PARAMETERS);
        assertThat(iamClient
                        .listAttachedRolePolicies(request -> request.roleName("server"))
                        .attachedPolicies())
                .extracting(policy -> policy.policyArn())
                .containsExactly(POLICY_ARN);
        assertThat(iamClient
                        .listEntitiesForPolicy(request -> request.policyArn(POLICY_ARN))
                        .policyRoles())
                .extracting(each -> each.roleName())
                .containsExactly("server");
    }

    @Test
    void iams_errors_are_the_sdks_exceptions() {
        createServerRole();

        assertThatExceptionOfType(EntityAlreadyExistsException.class)
                .isThrownBy(this::createServerRole)
                .satisfies(error -> assertThat(error.awsErrorDetails().errorMessage())
                        .isEqualTo("A policy called server already exists. Duplicate names are not allowed."));
        assertThatExceptionOfType(DeleteConflictException.class)
                .isThrownBy(() -> iamClient.deleteRole(request -> request.roleName("server")));
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> iamClient.addRoleToInstanceProfile(
                        request -> request.instanceProfileName("server").roleName("server")));
        assertThatExceptionOfType(MalformedPolicyDocumentException.class)
                .isThrownBy(() -> iamClient.createPolicy(
                        request -> request.policyName("x").policyDocument("{}")));
        deleteServerRole();
        assertThatExceptionOfType(NoSuchEntityException.class)
                .isThrownBy(() -> iamClient.getRole(request -> request.roleName("server")))
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(404);
                    assertThat(error.awsErrorDetails().errorMessage())
                            .isEqualTo("The role with name server cannot be found.");
                });
    }

    @Test
    void the_sdks_paginators_walk_every_page() {
        IntStream.range(0, 25)
                .forEach(number -> ssmClient.putParameter(request ->
                        request.name("/app/%02d".formatted(number)).value("x").type(ParameterType.STRING)));
        IntStream.range(0, 5)
                .forEach(number -> iamClient.createRole(
                        request -> request.roleName("role-" + number).assumeRolePolicyDocument(TRUSTS_EC2)));

        assertThat(ssmClient.getParametersByPathPaginator(request -> request.path("/app")).stream()
                        .flatMap(page -> page.parameters().stream()))
                .hasSize(25);
        assertThat(iamClient.listRolesPaginator(request -> request.maxItems(2)).roles())
                .hasSize(5);
    }

    @Test
    void parameters_errors_are_the_sdks_exceptions() {
        ssmClient.putParameter(request -> request.name("a").value("1").type(ParameterType.STRING));

        assertThatExceptionOfType(ParameterAlreadyExistsException.class)
                .isThrownBy(() -> ssmClient.putParameter(
                        request -> request.name("a").value("2").type(ParameterType.STRING)));
        assertThatExceptionOfType(ParameterNotFoundException.class)
                .isThrownBy(() -> ssmClient.getParameter(request -> request.name("b")));
        assertThat(ssmClient
                        .getParameter(request ->
                                request.name("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"))
                        .parameter()
                        .value())
                .matches("ami-[0-9a-f]{17}");
    }

    private Role createServerRole() {
        iamClient.createPolicy(request -> request.policyName("server").policyDocument(READS_PARAMETERS));
        Role role = iamClient
                .createRole(request -> request.roleName("server")
                        .assumeRolePolicyDocument(TRUSTS_EC2)
                        .tags(Tag.builder().key("stage").value("test").build()))
                .role();
        iamClient.attachRolePolicy(request -> request.roleName("server").policyArn(POLICY_ARN));
        iamClient.createInstanceProfile(request -> request.instanceProfileName("server"));
        iamClient.addRoleToInstanceProfile(
                request -> request.instanceProfileName("server").roleName("server"));
        return role;
    }

    private void deleteServerRole() {
        iamClient.removeRoleFromInstanceProfile(
                request -> request.instanceProfileName("server").roleName("server"));
        iamClient.deleteInstanceProfile(request -> request.instanceProfileName("server"));
        iamClient.detachRolePolicy(request -> request.roleName("server").policyArn(POLICY_ARN));
        iamClient.deletePolicy(request -> request.policyArn(POLICY_ARN));
        iamClient.deleteRole(request -> request.roleName("server"));
    }

    private AwsCredentials instanceCredentials() {
        var issued = (RoleCredentials.Issued) sessions.ofInstance("server", INSTANCE);
        return AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.token());
    }

    private static AwsCredentials credentials(AccessKey key) {
        return key.sessionToken() == null
                ? AwsBasicCredentials.create(key.id(), key.secret())
                : AwsSessionCredentials.create(key.id(), key.secret(), key.sessionToken());
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable> C client(
            B builder, AwsCredentials credentials) {
        C client = builder.endpointOverride(endpoint.uri())
                .region(Region.US_WEST_2)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        clients.add(client);
        return client;
    }

    private static void assertError(ThrowingCallable call, String code, int status, String message) {
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(call).satisfies(error -> {
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(error.awsErrorDetails().errorMessage()).isEqualTo(message);
            assertThat(error.statusCode()).isEqualTo(status);
        });
    }
}
