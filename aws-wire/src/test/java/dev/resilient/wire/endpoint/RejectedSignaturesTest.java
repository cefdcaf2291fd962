package dev.resilient.wire.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resilient.wire.KeyRing;
import dev.resilient.wire.Models;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.Shelf;
import dev.resilient.wire.TestCloud;
import dev.resilient.wire.protocol.WireProtocol;
import dev.resilient.wire.signature.Verdict;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Each service's own code and status for each thing that may be wrong with a signature. */
final class RejectedSignaturesTest {
    private static final Map<String, WireProtocol> PROTOCOLS = Map.of(
            "query", WireProtocol.of(Models.STS),
            "ec2", WireProtocol.of(Models.EC2),
            "json", WireProtocol.of(Models.DYNAMO_DB),
            "s3", WireProtocol.of(Models.S3));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query | UNSIGNED          | 403 MissingAuthenticationToken",
                "query | INCOMPLETE        | 400 IncompleteSignature",
                "query | UNKNOWN_KEY       | 403 InvalidClientTokenId",
                "query | WRONG_TOKEN       | 403 InvalidClientTokenId",
                "query | EXPIRED_TOKEN     | 403 ExpiredToken",
                "query | WRONG_SCOPE       | 403 SignatureDoesNotMatch",
                "query | TOO_LATE          | 403 SignatureDoesNotMatch",
                "query | MISMATCH          | 403 SignatureDoesNotMatch",
                "ec2   | UNSIGNED          | 400 MissingParameter",
                "ec2   | UNKNOWN_KEY       | 401 AuthFailure",
                "ec2   | MISMATCH          | 401 AuthFailure",
                "ec2   | TOO_LATE          | 400 RequestExpired",
                "ec2   | EXPIRED_TOKEN     | 400 RequestExpired",
                "json  | UNSIGNED          | 400 MissingAuthenticationTokenException",
                "json  | INCOMPLETE        | 400 IncompleteSignatureException",
                "json  | UNKNOWN_KEY       | 400 UnrecognizedClientException",
                "json  | EXPIRED_TOKEN     | 400 ExpiredTokenException",
                "json  | TOO_LATE          | 400 InvalidSignatureException",
                "json  | MISMATCH          | 400 InvalidSignatureException",
                "s3    | UNSIGNED          | 403 AccessDenied",
                "s3    | INCOMPLETE        | 400 AuthorizationHeaderMalformed",
                "s3    | UNKNOWN_KEY       | 403 InvalidAccessKeyId",
                "s3    | WRONG_TOKEN       | 400 InvalidToken",
                "s3    | EXPIRED_TOKEN     | 400 ExpiredToken",
                "s3    | TOO_LATE          | 403 RequestTimeTooSkewed",
                "s3    | TOO_EARLY         | 403 RequestTimeTooSkewed",
                "s3    | PRESIGNED_EXPIRED | 403 AccessDenied",
                "s3    | UNSIGNED_HEADER   | 403 AccessDenied",
                "s3    | NO_CONTENT_HASH   | 400 InvalidRequest",
                "s3    | MISMATCH          | 403 SignatureDoesNotMatch",
                "s3    | CONTENT_MISMATCH  | 400 XAmzContentSHA256Mismatch",
                "s3    | WRONG_CHECKSUM    | 400 BadDigest",
                "s3    | BROKEN_BODY       | 400 IncompleteBody",
            })
    void codes(String protocol, Flaw flaw, String expected) {
        ServiceError error = PROTOCOLS.get(protocol).rejected(new Verdict.Invalid(flaw, "text"));
        assertThat(error.status() + " " + error.code()).isEqualTo(expected);
    }

    @Test
    void every_flaw_is_the_callers_fault_in_every_protocol() {
        Set<Flaw> flaws = EnumSet.allOf(Flaw.class);
        assertThat(PROTOCOLS.values()).allSatisfy(protocol -> assertThat(flaws).allSatisfy(flaw -> assertThat(
                        protocol.rejected(new Verdict.Invalid(flaw, "text")).status())
                .isBetween(400, 403)));
    }

    @Test
    void clients_of_every_protocol_read_why_they_were_refused() {
        try (TestCloud cloud = new TestCloud(
                new Shelf(),
                TestCloud.service(Models.STS, operations -> {}),
                TestCloud.service(Models.EC2, operations -> {}),
                TestCloud.service(Models.DYNAMO_DB, operations -> {}))) {
            cloud.keys.addSession("ASIAOVER", "token", Instant.EPOCH);
            assertThat(codes(cloud, AwsBasicCredentials.create("AKIDUNKNOWN", "secret")))
                    .containsExactly(
                            "InvalidClientTokenId", "401", "UnrecognizedClientException", "InvalidAccessKeyId");
            assertThat(codes(cloud, AwsBasicCredentials.create(KeyRing.ID, "wrong")))
                    .containsExactly(
                            "SignatureDoesNotMatch", "401", "InvalidSignatureException", "SignatureDoesNotMatch");
            assertThat(codes(cloud, AwsSessionCredentials.create("ASIAOVER", KeyRing.SECRET, "token")))
                    .containsExactly("ExpiredToken", "RequestExpired", "ExpiredTokenException", "ExpiredToken");
            assertThat(codes(cloud, AwsSessionCredentials.create("ASIAOVER", KeyRing.SECRET, "other")))
                    .containsExactly("InvalidClientTokenId", "401", "UnrecognizedClientException", "InvalidToken");
            assertThat(cloud.calls).allSatisfy(call -> assertThat(call.caller()).isEqualTo("-"));
        }
    }

    private static List<String> codes(TestCloud cloud, AwsCredentials credentials) {
        try (StsClient sts = cloud.client(StsClient.builder(), credentials);
                Ec2Client ec2 = cloud.client(Ec2Client.builder(), credentials);
                DynamoDbClient dynamoDb = cloud.client(DynamoDbClient.builder(), credentials);
                S3Client s3 = cloud.client(S3Client.builder(), credentials)) {
            return Stream.<ThrowingCallable>of(
                            sts::getCallerIdentity,
                            ec2::describeVpcs,
                            dynamoDb::listTables,
                            () -> s3.getObjectAsBytes(get -> get.bucket("b").key("k")))
                    .map(call -> code(catchThrowableOfType(AwsServiceException.class, call)))
                    .toList();
        }
    }

    /** The code; the status for a 401, the body of which the JDK's connection keeps from the SDK. */
    private static String code(AwsServiceException error) {
        return error.statusCode() == 401 ? "401" : error.awsErrorDetails().errorCode();
    }
}
