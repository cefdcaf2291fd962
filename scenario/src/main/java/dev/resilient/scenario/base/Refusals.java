package dev.resilient.scenario.base;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes of what AWS says about a caller's credentials and permissions a sentence that a person can act on. */
public final class Refusals {
    private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");
    private static final Set<String> UNKNOWN = Set.of(
            "AuthFailure",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidToken",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    /** AWS's text: the action, the resource if the action knows any, and whether a policy denies it explicitly. */
    private static final Pattern DENIAL = Pattern.compile("not authorized to perform: (?<action>[\\w-]+:\\w+)"
            + "(?: on resource: \"?(?<resource>[^\\s\"]+)\"?)?(?<explicitly> with an explicit deny in an? [\\w -]+)?");

    private Refusals() {}

    /**
     * What to tell of a failure: in words of ours if it is about credentials or permissions, else what AWS says without what the SDK
     * adds for machines.
     */
    public static String sentence(Throwable failure) {
        Throwable told = failure instanceof RuntimeException unchecked ? explained(unchecked) : failure;
        return switch (told) {
            case AwsServiceException refusal when refusal.awsErrorDetails() != null -> sentence(refusal);
            case SdkException unreachable -> "AWS could not be asked: " + unreachable.getMessage();
            default -> told.getMessage() == null ? told.toString() : told.getMessage();
        };
    }

    private static String sentence(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        String said = details.errorMessage() == null ? "status " + refusal.statusCode() : details.errorMessage();
        return "AWS refused with " + details.errorCode() + ": " + said;
    }

    /** The failure in words of ours if it is about credentials or permissions; any other one as it is. */
    public static RuntimeException explained(RuntimeException failure) {
        return switch (failure) {
            case AwsServiceException refusal -> explained(refusal);
            case SdkClientException unsent
            when String.valueOf(unsent.getMessage()).startsWith("Unable to load credentials") ->
                new ScenarioException(
                        "There are no AWS credentials: sign in with the AWS CLI, name a profile with --profile,"
                                + " or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                        unsent);
            case SdkClientException unsent
            when String.valueOf(unsent.getMessage()).contains("service module must be on the class path") ->
                new ScenarioException(
                        "The AWS profile signs in in a way that this program does not know; let the AWS CLI hand its"
                                + " credentials over: eval \"$(aws configure export-credentials --format env)\"",
                        unsent);
            default -> failure;
        };
    }

    private static RuntimeException explained(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        String code = details == null ? "" : String.valueOf(details.errorCode());
        if (EXPIRED.contains(code)) {
            return new ScenarioException(
                    "The AWS credentials have expired (%s): sign in again.".formatted(code), refusal);
        }
        if (UNKNOWN.contains(code)) {
            return new ScenarioException(
                    "AWS does not accept the credentials (%s): check the profile, the access key, this machine's clock, and that the account has the region enabled."
                            .formatted(code),
                    refusal);
        }
        return DENIED.contains(code) ? denied(refusal) : refusal;
    }

    private static MissingPermission denied(AwsServiceException refusal) {
        Matcher denial = DENIAL.matcher(String.valueOf(refusal.getMessage()));
        if (!denial.find()) {
            return new MissingPermission(
                    "AWS denies a call, and does not say which permission is missing: "
                            + refusal.awsErrorDetails().errorMessage(),
                    refusal);
        }
        String action =
                denial.group("action") + (denial.group("resource") == null ? "" : " on " + denial.group("resource"));
        return new MissingPermission(
                denial.group("explicitly") == null
                        ? "The credentials lack the permission %s.".formatted(action)
                        : "AWS denies %s%s, so that no other permission helps."
                                .formatted(action, denial.group("explicitly").stripTrailing()),
                refusal);
    }
}
