package dev.resilient.cloud.ssm.command;

import dev.resilient.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFilter;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;
import software.amazon.awssdk.services.ssm.model.DocumentKeyValuesFilter;
import software.amazon.awssdk.services.ssm.model.DocumentParameter;
import software.amazon.awssdk.services.ssm.model.DocumentParameterType;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsResponse;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/** The one document there is, {@code AWS-RunShellScript}, and the operations on documents. */
final class RunShellScript {
    static final String NAME = "AWS-RunShellScript";
    static final String PLUGIN = "aws:runShellScript";

    private static final String SCHEMA_VERSION = "1.2";
    private static final String VERSION = "1";
    private static final Set<String> VERSIONS = Set.of("$DEFAULT", "$LATEST", VERSION);
    private static final String SUMMARY = "Runs a shell script on Linux.";
    private static final String ABOUT_COMMANDS = "(Required) The lines of the script.";
    private static final String ABOUT_DIRECTORY = "(Optional) Where the script starts.";
    private static final String ABOUT_TIMEOUT =
            "(Optional) How many seconds the script may take before it is ended: up to 172800 (48 hours).";
    private static final String CONTENT = """
        {
          "schemaVersion": "%s",
          "description": "%s",
          "parameters": {
            "commands": {"type": "StringList", "description": "%s", "minItems": 1, "displayType": "textarea"},
            "workingDirectory": {"type": "String", "default": "", "description": "%s", "maxChars": 4096},
            "executionTimeout": {"type": "String", "default": "%s", "description": "%s", "allowedPattern": "%s"}
          },
          "runtimeConfig": {
            "aws:runShellScript": {
              "properties": [
                {
                  "id": "0.aws:runShellScript",
                  "runCommand": "{{ commands }}",
                  "workingDirectory": "{{ workingDirectory }}",
                  "timeoutSeconds": "{{ executionTimeout }}"
                }
              ]
            }
          }
        }
        """.formatted(
                    SCHEMA_VERSION,
                    SUMMARY,
                    ABOUT_COMMANDS,
                    ABOUT_DIRECTORY,
                    ShellScript.DEFAULT_TIMEOUT,
                    ABOUT_TIMEOUT,
                    ShellScript.TIMEOUT_PATTERN);

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
        if (!isNamed(nameOrArn)) {
            throw ServiceError.badRequest("InvalidDocument", "Document with name " + nameOrArn + " does not exist.");
        }
        if (version != null && !VERSIONS.contains(version)) {
            throw ServiceError.badRequest(
                    "InvalidDocumentVersion", "The document version is not valid or does not exist.");
        }
    }

    /** Refuses a hash that is not the document's. */
    static void checkHash(@Nullable String hash, @Nullable String type) {
        if (hash != null && !hash.equalsIgnoreCase(hash("Sha1".equals(type) ? "SHA-1" : "SHA-256"))) {
            throw ServiceError.badRequest("InvalidDocument", "The hash is not that of the document.");
        }
    }

    static GetDocumentResponse get(GetDocumentRequest request) {
        require(request.name(), request.documentVersion());
        if (request.documentFormat() != null && request.documentFormat() != DocumentFormat.JSON) {
            throw ServiceError.badRequest(
                    "ValidationException", "A DocumentFormat other than JSON is not supported by this cloud.");
        }
        return GetDocumentResponse.builder()
                .name(NAME)
                .documentVersion(VERSION)
                .status(DocumentStatus.ACTIVE)
                .content(CONTENT)
                .documentType(DocumentType.COMMAND)
                .documentFormat(DocumentFormat.JSON)
                .build();
    }

    static DescribeDocumentResponse describe(DescribeDocumentRequest request) {
        require(request.name(), request.documentVersion());
        return DescribeDocumentResponse.builder()
                .document(DocumentDescription.builder()
                        .name(NAME)
                        .hash(hash("SHA-256"))
                        .hashType(DocumentHashType.SHA256)
                        .owner("Amazon")
                        .status(DocumentStatus.ACTIVE)
                        .documentVersion(VERSION)
                        .latestVersion(VERSION)
                        .defaultVersion(VERSION)
                        .description(SUMMARY)
                        .parameters(
                                parameter(
                                        ShellScript.COMMANDS, DocumentParameterType.STRING_LIST, ABOUT_COMMANDS, null),
                                parameter(ShellScript.DIRECTORY, DocumentParameterType.STRING, ABOUT_DIRECTORY, ""),
                                parameter(
                                        ShellScript.TIMEOUT,
                                        DocumentParameterType.STRING,
                                        ABOUT_TIMEOUT,
                                        ShellScript.DEFAULT_TIMEOUT))
                        .platformTypes(PlatformType.LINUX)
                        .documentType(DocumentType.COMMAND)
                        .schemaVersion(SCHEMA_VERSION)
                        .documentFormat(DocumentFormat.JSON)
                        .build())
                .build();
    }

    static ListDocumentsResponse list(ListDocumentsRequest request) {
        boolean wanted = request.filters().stream().allMatch(filter -> matches(filter.key(), filter.values()))
                && request.documentFilterList().stream()
                        .allMatch(filter -> matches(filter.keyAsString(), List.of(filter.value())));
        DocumentIdentifier only = DocumentIdentifier.builder()
                .name(NAME)
                .owner("Amazon")
                .platformTypes(PlatformType.LINUX)
                .documentVersion(VERSION)
                .documentType(DocumentType.COMMAND)
                .schemaVersion(SCHEMA_VERSION)
                .documentFormat(DocumentFormat.JSON)
                .build();
        return ListDocumentsResponse.builder()
                .documentIdentifiers(wanted ? List.of(only) : List.of())
                .build();
    }

    /** The filters that {@link DocumentFilter} and {@link DocumentKeyValuesFilter} know in common. */
    private static boolean matches(String key, List<String> values) {
        return switch (key) {
            case "Name" -> values.stream().anyMatch(NAME::startsWith);
            case "Owner" -> values.stream().anyMatch(Set.of("Amazon", "Public", "All")::contains);
            case "PlatformTypes" -> values.contains("Linux");
            case "DocumentType" -> values.contains("Command");
            default -> throw ServiceError.badRequest("InvalidFilterKey", "The specified key isn't valid.");
        };
    }

    private static DocumentParameter parameter(
            String name, DocumentParameterType type, String description, @Nullable String byDefault) {
        return DocumentParameter.builder()
                .name(name)
                .type(type)
                .description(description)
                .defaultValue(byDefault)
                .build();
    }

    private static String hash(String algorithm) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(CONTENT.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }
}
