package dev.resilient.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.identity.PolicyType;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    void the_default_version_is_the_one_that_counts() {
        iam.attachUserPolicy(policy -> policy.userName("administrator").policyArn(ARN));

        assertThat(add("ssm:List*", false).versionId()).isEqualTo("v2");
        assertThat(decisive()).contains(allows("ssm:Get*"));
        iam.setDefaultPolicyVersion(version -> version.policyArn(ARN).versionId("v2"));
        assertThat(decisive()).contains(allows("ssm:List*"));
        PolicyVersion third = add("ssm:Put*", true);
        assertThat(third.isDefaultVersion()).isTrue();
        assertThat(decisive()).contains(allows("ssm:Put*")).doesNotContain(allows("ssm:Get*"));
        assertThat(iam.getPolicy(policy -> policy.policyArn(ARN)).policy().defaultVersionId())
                .isEqualTo("v3");
    }

    @Test
    void there_are_five_versions_at_most_and_no_number_comes_back() {
        IntStream.range(0, 4).forEach(number -> add("ssm:Get" + number, false));

        assertError(
                () -> add("ssm:GetMore", false),
                "LimitExceeded",
                409,
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an"
                        + " existing version.");
        assertThat(ids()).containsExactly("v5", "v4", "v3", "v2", "v1");
        delete("v5");
        assertThat(add("ssm:GetMore", false).versionId()).isEqualTo("v6");
        assertThat(ids()).containsExactly("v6", "v4", "v3", "v2", "v1");
        var page = iam.listPolicyVersions(versions -> versions.policyArn(ARN).maxItems(2));
        assertThat(page.isTruncated()).isTrue();
        assertThat(iam.listPolicyVersions(
                                versions -> versions.policyArn(ARN).maxItems(9).marker(page.marker()))
                        .versions())
                .extracting(PolicyVersion::versionId)
                .containsExactly("v3", "v2", "v1");
    }

    @Test
    void the_default_version_goes_with_its_policy_and_the_others_before() {
        add("ssm:List*", false);

        assertError(() -> delete("v1"), "DeleteConflict", 409, "Cannot delete the default version of a policy.");
        assertError(
                () -> iam.deletePolicy(policy -> policy.policyArn(ARN)),
                "DeleteConflict",
                409,
                "This policy has more than one version. Before you delete a policy, you must delete the policy's"
                        + " versions. The default version is deleted with the policy.");
        delete("v2");
        assertError(
                () -> delete("v2"),
                "NoSuchEntity",
                404,
                "Policy " + ARN + " version v2 does not exist or is not attachable.");
        iam.deletePolicy(policy -> policy.policyArn(ARN));
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
                () -> iam.createPolicyVersion(version -> version.policyArn(arn).policyDocument(allows("s3:*"))),
                "InvalidInput",
                400,
                "Policy is outside your own account.");
    }

    private PolicyVersion add(String action, boolean asDefault) {
        return iam.createPolicyVersion(version ->
                        version.policyArn(ARN).policyDocument(allows(action)).setAsDefault(asDefault))
                .policyVersion();
    }

    private void delete(String version) {
        iam.deletePolicyVersion(each -> each.policyArn(ARN).versionId(version));
    }

    private List<String> ids() {
        return iam.listPolicyVersions(versions -> versions.policyArn(ARN)).versions().stream()
                .map(PolicyVersion::versionId)
                .toList();
    }

    private List<String> decisive() {
        return direct
                .service
                .principals()
                .find(direct.administrator)
                .orElseThrow()
                .policies()
                .get(PolicyType.IDENTITY)
                .stream()
                .map(policy -> policy.text())
                .toList();
    }

    private static String allows(String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + action
                + "\", \"Resource\": \"*\"}}";
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
}
