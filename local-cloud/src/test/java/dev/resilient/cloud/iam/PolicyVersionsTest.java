package dev.resilient.cloud.iam;

import static dev.resilient.cloud.iam.Errors.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.TestContext;
import dev.resilient.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

class PolicyVersionsTest {
    private static final String ARN = "arn:aws:iam::123456789012:policy/read";
    private final DirectIam direct = new DirectIam(TestContext.at(new ManualTime()));
    private final IamClient iam = direct.client(direct.administrator);

    @BeforeEach
    void aPolicy() {
        iam.createPolicy(policy -> policy.policyName("read").policyDocument(allows("ssm:Get*")));
    }

    @Test
    void a_policy_has_one_version() {
        PolicyVersion first = iam.getPolicyVersion(
                        version -> version.policyArn(ARN).versionId("v1"))
                .policyVersion();

        assertThat(first.isDefaultVersion()).isTrue();
        assertThat(first.document()).contains("ssm%3AGet%2A");
        assertThat(iam.listPolicyVersions(versions -> versions.policyArn(ARN)).versions())
                .extracting(PolicyVersion::versionId)
                .containsExactly("v1");
        assertError(
                () -> iam.getPolicyVersion(version -> version.policyArn(ARN).versionId("v2")),
                "NoSuchEntity",
                404,
                "Policy " + ARN + " version v2 does not exist or is not attachable.");
    }

    @Test
    void awss_own_policies_have_the_version_that_aws_has() {
        String arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

        assertThat(iam.getPolicy(policy -> policy.policyArn(arn)).policy().defaultVersionId())
                .isEqualTo("v3");
        assertThat(iam.getPolicyVersion(version -> version.policyArn(arn).versionId("v3"))
                        .policyVersion()
                        .document())
                .contains("s3%3AGet%2A");
        assertError(
                () -> iam.deletePolicy(policy -> policy.policyArn(arn)),
                "InvalidInput",
                400,
                "Policy is outside your own account.");
    }

    private static String allows(String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + action
                + "\", \"Resource\": \"*\"}}";
    }
}
