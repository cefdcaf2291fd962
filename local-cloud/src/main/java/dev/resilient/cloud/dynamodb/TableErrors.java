package dev.resilient.cloud.dynamodb;

import dev.resilient.wire.ServiceError;

/** DynamoDB's errors about tables. */
final class TableErrors {
    private static final String NOT_FOUND = "ResourceNotFoundException";
    private static final String IN_USE = "ResourceInUseException";

    private TableErrors() {}

    /** For operations on tables. */
    static ServiceError notFound(String nameOrArn) {
        return ServiceError.badRequest(NOT_FOUND, "Requested resource not found: Table: " + nameOrArn + " not found");
    }

    /** For operations on items; does not name the table. */
    static ServiceError notFound() {
        return ServiceError.badRequest(NOT_FOUND, "Requested resource not found");
    }

    /** For operations on tags; the spelling is AWS's. */
    static ServiceError arnNotFound(String arn) {
        return ServiceError.badRequest(NOT_FOUND, "Requested resource not found: ResourcArn: " + arn + " not found");
    }

    static ServiceError alreadyExists(String name) {
        return ServiceError.badRequest(IN_USE, "Table already exists: " + name);
    }

    /** {@code done} is what is being done to the table: {@code created}. */
    static ServiceError inUse(String name, String done) {
        return ServiceError.badRequest(
                IN_USE, "Attempt to change a resource which is still in use: Table is being " + done + ": " + name);
    }
}
