package dev.resilient.cloud.fault;

import dev.resilient.wire.ServiceError;
import java.util.Set;

/** Why a service does not do what it is asked although nothing is wrong with the request. */
public enum Refusal {
    /** Too many calls. */
    THROTTLED,
    /** Something went wrong inside. */
    BROKEN,
    /** Nobody is there to do it. */
    UNAVAILABLE;

    /** DynamoDB's operations on tables; all others are on items. */
    private static final Set<String> ON_TABLES = Set.of(
            "CreateTable",
            "DescribeTable",
            "ListTables",
            "DeleteTable",
            "DescribeTimeToLive",
            "TagResource",
            "UntagResource",
            "ListTagsOfResource");

    /** The refusal in the service's own code, status and words. */
    public ServiceError of(String service, String operation) {
        return switch (service) {
            case "ec2" -> ec2();
            case "s3" -> s3();
            case "dynamodb" -> dynamoDb(ON_TABLES.contains(operation));
            case "ssm" -> json();
            default -> query();
        };
    }

    private ServiceError ec2() {
        return switch (this) {
            case THROTTLED -> new ServiceError("RequestLimitExceeded", 503, "Request limit exceeded.");
            case BROKEN -> new ServiceError("InternalError", 500, "An internal error has occurred");
            case UNAVAILABLE ->
                new ServiceError("Unavailable", 503, "The service is unavailable. Please try again shortly.");
        };
    }

    private ServiceError s3() {
        return switch (this) {
            case THROTTLED -> new ServiceError("SlowDown", 503, "Please reduce your request rate.");
            case BROKEN ->
                new ServiceError("InternalError", 500, "We encountered an internal error. Please try again.");
            case UNAVAILABLE -> new ServiceError("ServiceUnavailable", 503, "Please reduce your request rate.");
        };
    }

    private ServiceError dynamoDb(boolean onTables) {
        return switch (this) {
            case THROTTLED ->
                onTables
                        ? ServiceError.badRequest(
                                "ThrottlingException", "Rate of requests exceeds the allowed throughput.")
                        : ServiceError.badRequest(
                                "ProvisionedThroughputExceededException",
                                "The level of configured provisioned throughput for the table was exceeded. Consider"
                                        + " increasing your provisioning level with the UpdateTable API.");
            case BROKEN -> new ServiceError("InternalServerError", 500, "Internal server error");
            case UNAVAILABLE ->
                new ServiceError("ServiceUnavailable", 503, "Service is unable to process the request.");
        };
    }

    private ServiceError json() {
        return switch (this) {
            case THROTTLED -> ServiceError.badRequest("ThrottlingException", "Rate exceeded");
            case BROKEN -> new ServiceError("InternalServerError", 500, "An error occurred on the server side.");
            case UNAVAILABLE -> new ServiceError("ServiceUnavailable", 503, "Service Unavailable");
        };
    }

    private ServiceError query() {
        return switch (this) {
            case THROTTLED -> ServiceError.badRequest("Throttling", "Rate exceeded");
            case BROKEN ->
                new ServiceError(
                        "InternalFailure",
                        500,
                        "The request processing has failed because of an unknown error, exception or failure.");
            case UNAVAILABLE ->
                new ServiceError(
                        "ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server.");
        };
    }
}
