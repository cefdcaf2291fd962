package dev.resilient.cloud.ssm.command;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one document there is, {@code AWS-RunShellScript}. */
final class RunShellScript {
    static final String NAME = "AWS-RunShellScript";
    static final String PLUGIN = "aws:runShellScript";

    private static final Set<String> VERSIONS = Set.of("$DEFAULT", "$LATEST", "1");

    private RunShellScript() {}

    /** Whether this document is meant, by its name or its ARN. */
    static boolean isNamed(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1).equals(NAME);
    }

    /**
     * Refuses another document or version.
     *
     * @throws ServiceError {@code InvalidDocument} or {@code InvalidDocumentVersion}
     */
    static void require(String nameOrArn, @Nullable String version) {
        refuseIf(!isNamed(nameOrArn), "InvalidDocument", "Document with name " + nameOrArn + " does not exist.");
        if (version != null && !VERSIONS.contains(version)) {
            throw ServiceError.badRequest(
                    "InvalidDocumentVersion", "The document version is not valid or does not exist.");
        }
    }
}
