package dev.resilient.scenario.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class RefusalsTest {
    @Test
    void a_denial_names_the_permission_and_the_resource() {
        assertThat(Refusals.explained(refusal(
                        "AccessDeniedException",
                        "User: arn:aws:iam::123456789012:user/a is not authorized to perform:"
                                + " dynamodb:CreateTable on resource:"
                                + " arn:aws:dynamodb:us-west-2:123456789012:table/t because no"
                                + " identity-based policy allows it")))
                .isInstanceOf(MissingPermission.class)
                .hasMessage("The credentials lack the permission dynamodb:CreateTable"
                        + " on arn:aws:dynamodb:us-west-2:123456789012:table/t.");
    }

    @Test
    void a_denial_of_s3_names_the_resource_in_quotes() {
        assertThat(Refusals.explained(refusal(
                        "AccessDenied",
                        "User: arn:aws:iam::123456789012:user/a is not authorized to perform: s3:CreateBucket on"
                                + " resource: \"arn:aws:s3:::b\" because no identity-based policy allows it")))
                .hasMessage("The credentials lack the permission s3:CreateBucket on arn:aws:s3:::b.");
    }

    @Test
    void a_denial_without_a_resource_names_the_permission() {
        assertThat(Refusals.explained(refusal(
                        "UnauthorizedOperation",
                        "You are not authorized to perform this operation. User:"
                                + " arn:aws:iam::123456789012:user/a is not authorized to perform:"
                                + " ec2:DescribeVpcs because no identity-based policy allows it")))
                .hasMessage("The credentials lack the permission ec2:DescribeVpcs.");
    }

    @Test
    void an_explicit_denial_is_told_apart() {
        assertThat(Refusals.explained(refusal(
                        "AccessDenied",
                        "User: arn:aws:iam::123456789012:user/a is not authorized to perform: iam:CreateRole on"
                                + " resource: r with an explicit deny in a service control policy")))
                .hasMessage("AWS denies iam:CreateRole on r with an explicit deny in a service control policy,"
                        + " so that no other permission helps.");
    }

    @Test
    void a_denial_that_names_nothing_is_passed_on() {
        assertThat(Refusals.explained(refusal("AccessDenied", "Access Denied")))
                .isInstanceOf(MissingPermission.class)
                .hasMessageContaining("Access Denied");
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredToken, have expired",
        "ExpiredTokenException, have expired",
        "RequestExpired, have expired",
        "InvalidClientTokenId, does not accept the credentials",
        "AuthFailure, does not accept the credentials"
    })
    void credentials_that_do_not_count_are_one_sentence(String code, String sentence) {
        assertThat(Refusals.explained(refusal(code, "whatever"))).hasMessageContaining(sentence);
    }

    @Test
    void absent_credentials_are_one_sentence() {
        assertThat(Refusals.explained(
                        SdkClientException.create("Unable to load credentials from any of the providers in the chain"
                                + " AwsCredentialsProviderChain(…)")))
                .hasMessageStartingWith("There are no AWS credentials")
                .hasMessageNotContaining("Chain");
    }

    @Test
    void any_other_failure_stays_what_it_is() {
        RuntimeException other = refusal("Throttling", "Rate exceeded");
        assertThat(Refusals.explained(other)).isSameAs(other);
    }

    private static AwsServiceException refusal(String code, String message) {
        return AwsServiceException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .message(message)
                .build();
    }
}
