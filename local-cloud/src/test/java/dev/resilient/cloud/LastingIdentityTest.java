package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Who may do what, over the wire, and that it is the same after a restart. */
class LastingIdentityTest {
    private static final String READS = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Action\": \"ssm:Get*\", \"Resource\": \"*\"}}";
    private static final String READS_ONLY_A = READS.replace("\"*\"", "\"arn:aws:ssm:*:*:parameter/a\"");
    private static final String READS_ARN = "arn:aws:iam::123456789012:policy/reads";
    private static final String TRUSTS_ALICE = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Principal\": {\"AWS\": \"arn:aws:iam::123456789012:user/alice\"}, \"Action\": \"sts:AssumeRole\"}}";

    @TempDir
    private Path data;

    @Test
    void users_keys_policies_and_sessions_survive_a_restart() {
        AwsCredentials alice;
        AwsCredentials session;
        String switchedOff;
        try (LocalCloud cloud = start();
                IamClient iam = client(cloud, IamClient.builder(), administrator(cloud))) {
            iam.createPolicy(policy -> policy.policyName("reads").policyDocument(READS));
            iam.createUser(user -> user.userName("alice")
                    .permissionsBoundary(READS_ARN)
                    .tags(Tag.builder().key("team").value("blue").build()));
            alice = createKey(iam);
            switchedOff = createKey(iam).accessKeyId();
            iam.updateAccessKey(
                    key -> key.userName("alice").accessKeyId(switchedOff).status(StatusType.INACTIVE));
            assertDenied(cloud, alice, "because no identity-based policy allows the ssm:GetParameters action");
            iam.attachUserPolicy(
                    policy -> policy.userName("alice").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
            iam.createRole(role -> role.roleName("reader").assumeRolePolicyDocument(TRUSTS_ALICE));
            iam.putRolePolicy(
                    role -> role.roleName("reader").policyName("reads").policyDocument(READS_ONLY_A));
            session = assume(cloud, alice);
            assertMayReadOnlyWhatItMay(cloud, alice, session);
        }
        try (LocalCloud cloud = start();
                IamClient iam = client(cloud, IamClient.builder(), administrator(cloud))) {
            assertMayReadOnlyWhatItMay(cloud, alice, session);
            assertThat(iam.listAccessKeys(keys -> keys.userName("alice")).accessKeyMetadata())
                    .filteredOn(key -> key.status() == StatusType.INACTIVE)
                    .extracting(key -> key.accessKeyId())
                    .containsExactly(switchedOff);
            assertThat(iam.getPolicyVersion(
                                    version -> version.policyArn(READS_ARN).versionId("v1"))
                            .policyVersion()
                            .document())
                    .isEqualTo(URLEncoder.encode(READS, StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("*", "%2A"));
            assertThat(iam.listUserTags(user -> user.userName("alice")).tags())
                    .extracting(Tag::value)
                    .containsExactly("blue");
            assertThat(iam.listUsers().users()).hasSize(2);
        }
    }

    private static void assertMayReadOnlyWhatItMay(LocalCloud cloud, AwsCredentials alice, AwsCredentials session) {
        assertThat(read(cloud, alice, "b")).isEqualTo("b");
        try (IamClient iam = client(cloud, IamClient.builder(), alice)) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(iam::listUsers)
                    .withMessageContaining("User: arn:aws:iam::123456789012:user/alice is not authorized to perform:"
                            + " iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no permissions"
                            + " boundary allows the iam:ListUsers action");
        }
        assertThat(read(cloud, session, "a")).isEqualTo("a");
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> read(cloud, session, "b"))
                .withMessageContaining("because no identity-based policy allows the ssm:GetParameters action");
    }

    private static void assertDenied(LocalCloud cloud, AwsCredentials credentials, String why) {
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> read(cloud, credentials, "a"))
                .withMessageContaining(why);
    }

    /** Asks for a parameter that is not there: who may ask is told its name. */
    private static String read(LocalCloud cloud, AwsCredentials credentials, String name) {
        try (SsmClient ssm = client(cloud, SsmClient.builder(), credentials)) {
            return ssm.getParameters(request -> request.names(name))
                    .invalidParameters()
                    .getFirst();
        }
    }

    private static AwsCredentials assume(LocalCloud cloud, AwsCredentials credentials) {
        try (StsClient sts = client(cloud, StsClient.builder(), credentials)) {
            var assumed = sts.assumeRole(request -> request.roleArn("arn:aws:iam::123456789012:role/reader")
                            .roleSessionName("me"))
                    .credentials();
            return AwsSessionCredentials.create(
                    assumed.accessKeyId(), assumed.secretAccessKey(), assumed.sessionToken());
        }
    }

    private static AwsCredentials createKey(IamClient iam) {
        AccessKey key = iam.createAccessKey(user -> user.userName("alice")).accessKey();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    private LocalCloud start() {
        return LocalCloud.builder().data(data).lasting().start();
    }

    private static AwsCredentials administrator(LocalCloud cloud) {
        AdministratorKey key = cloud.administrator();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            LocalCloud cloud, B builder, AwsCredentials credentials) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.US_WEST_2)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
