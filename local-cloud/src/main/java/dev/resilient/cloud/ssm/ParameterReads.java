package dev.resilient.cloud.ssm;

import static dev.resilient.cloud.ssm.ParameterNames.refuseIf;

import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.ssm.ParameterNames.Reference;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/** Reads parameters. Callers who ask for decryption are shown the value of a secure string, and others how it is kept. */
record ParameterReads(ParameterStore store, ParameterNames names, SecureStrings secrets) {
    private static final SupportedMembers DESCRIBE = SupportedMembers.of("ParameterFilters MaxResults NextToken");
    private static final PageRules PAGES = pages(10);
    private static final PageRules PAGES_OF_HISTORY = pages(50);

    private static PageRules pages(int size) {
        return new PageRules(
                size, 50, token -> ServiceError.badRequest("InvalidNextToken", "The specified token isn't valid."));
    }

    GetParameterResponse get(GetParameterRequest request) {
        Reference reference = Reference.parse(request.name());
        StoredParameter parameter =
                store.find(reference.name()).orElseThrow(() -> ParameterStore.notFound(request.name()));
        ParameterHistory version = parameter
                .version(reference.selector())
                .orElseThrow(() -> ServiceError.badRequest(
                        "ParameterVersionNotFound",
                        "Systems Manager could not find version " + reference.selector() + " of " + reference.name()
                                + ". Verify the version and try again."));
        return GetParameterResponse.builder()
                .parameter(parameter(version, reference.selector(), request.withDecryption()))
                .build();
    }

    GetParametersResponse getAll(GetParametersRequest request) {
        List<Parameter> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String name : new LinkedHashSet<>(request.names())) {
            Reference reference = Reference.parse(name);
            store.find(reference.name())
                    .flatMap(parameter -> parameter.version(reference.selector()))
                    .ifPresentOrElse(
                            version -> found.add(parameter(version, reference.selector(), request.withDecryption())),
                            () -> invalid.add(name));
        }
        return GetParametersResponse.builder()
                .parameters(found)
                .invalidParameters(invalid)
                .build();
    }

    GetParametersByPathResponse getByPath(GetParametersByPathRequest request) {
        refuseIf(
                !request.path().startsWith("/"),
                "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a"
                        + " forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must"
                        + " use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore)."
                        + " Special characters are not allowed. All sub-paths, if specified, must use the forward slash"
                        + " symbol \"/\".");
        Predicate<StoredParameter> filter = ParameterFilters.ofPath(request.parameterFilters());
        return PAGES.answer(
                request,
                GetParametersByPathResponse.builder(),
                store.below(request.path(), Boolean.TRUE.equals(request.recursive())).stream()
                        .filter(filter)
                        .toList(),
                StoredParameter::name,
                parameter -> parameter(parameter.newest(), null, request.withDecryption()));
    }

    DescribeParametersResponse describe(DescribeParametersRequest request) {
        DESCRIBE.check(request, "ValidationException");
        Predicate<StoredParameter> filter = ParameterFilters.of(request.parameterFilters());
        return PAGES.answer(
                request,
                DescribeParametersResponse.builder(),
                store.own().list().stream().filter(filter).toList(),
                StoredParameter::name,
                parameter -> Members.copy(parameter.newest(), ParameterMetadata.builder())
                        .arn(names.arn(parameter.name()))
                        .build());
    }

    GetParameterHistoryResponse history(GetParameterHistoryRequest request) {
        // Keys of pages are compared as text, so numbers are given the same length.
        return PAGES_OF_HISTORY.answer(
                request,
                GetParameterHistoryResponse.builder(),
                store.require(request.name()).versions(),
                version -> "%019d".formatted(version.version()),
                version -> version.toBuilder()
                        .value(value(version, request.withDecryption()))
                        .build());
    }

    private Parameter parameter(ParameterHistory version, @Nullable String selector, @Nullable Boolean decrypt) {
        return Members.copy(version, Parameter.builder())
                .value(value(version, decrypt))
                .selector(selector == null ? null : ":" + selector)
                .arn(names.arn(version.name()))
                .build();
    }

    private String value(ParameterHistory version, @Nullable Boolean decrypt) {
        return Boolean.TRUE.equals(decrypt) ? secrets.decrypted(version) : version.value();
    }
}
