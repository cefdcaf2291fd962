package dev.resilient.cloud.ssm;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.ssm.ParameterNames.Reference;
import dev.resilient.cloud.ssm.StoredParameter.Version;
import dev.resilient.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Reads parameters. The value of a secure string is shown only to callers that ask for decryption; without, they get it in
 * Base64. There is no key service behind it: secure strings are marked, not encrypted.
 */
record ParameterReads(ParameterStore store, ParameterNames names) {
    private static final int DEFAULT_PAGE_SIZE = 10;
    private static final int DEFAULT_HISTORY_SIZE = 50;

    GetParameterResponse get(GetParameterRequest request) {
        Reference reference = Reference.parse(request.name());
        StoredParameter parameter =
                store.find(reference.name()).orElseThrow(() -> ParameterStore.notFound(request.name()));
        Version version = selected(parameter, reference)
                .orElseThrow(() -> ServiceError.badRequest(
                        "ParameterVersionNotFound",
                        "Systems Manager could not find version " + reference.selector() + " of " + reference.name()
                                + ". Verify the version and try again."));
        return GetParameterResponse.builder()
                .parameter(rendered(parameter, version, reference.selector(), request.withDecryption()))
                .build();
    }

    GetParametersResponse getAll(GetParametersRequest request) {
        List<Parameter> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String name : new LinkedHashSet<>(request.names())) {
            Reference reference = Reference.parse(name);
            Optional<StoredParameter> parameter = store.find(reference.name());
            Optional<Version> version = parameter.flatMap(each -> selected(each, reference));
            if (parameter.isPresent() && version.isPresent()) {
                found.add(rendered(parameter.get(), version.get(), reference.selector(), request.withDecryption()));
            } else {
                invalid.add(name);
            }
        }
        return GetParametersResponse.builder()
                .parameters(found)
                .invalidParameters(invalid)
                .build();
    }

    GetParametersByPathResponse getByPath(GetParametersByPathRequest request) {
        refuseIf(
                !request.path().startsWith("/"),
                () -> ParameterNames.invalid(
                        "The parameter doesn't meet the parameter name requirements. The parameter name must begin"
                                + " with a forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\""
                                + " (case-insensitive). It must use only letters, numbers, or the following symbols: ."
                                + " (period), - (hyphen), _ (underscore). Special characters are not allowed. All"
                                + " sub-paths, if specified, must use the forward slash symbol \"/\"."));
        ParameterFilter filter = ParameterFilter.ofPath(request.parameterFilters());
        Page<StoredParameter> page = page(
                store.below(request.path(), Boolean.TRUE.equals(request.recursive())).stream()
                        .filter(filter)
                        .toList(),
                StoredParameter::name,
                request.nextToken(),
                request.maxResults() == null ? DEFAULT_PAGE_SIZE : request.maxResults());
        return GetParametersByPathResponse.builder()
                .parameters(page.items().stream()
                        .map(parameter -> rendered(parameter, parameter.newest(), null, request.withDecryption()))
                        .toList())
                .nextToken(page.next())
                .build();
    }

    DescribeParametersResponse describe(DescribeParametersRequest request) {
        ParameterFilter filter = ParameterFilter.of(request.filters(), request.parameterFilters());
        Page<StoredParameter> page = page(
                store.own().list().stream().filter(filter).toList(),
                StoredParameter::name,
                request.nextToken(),
                request.maxResults() == null ? DEFAULT_PAGE_SIZE : request.maxResults());
        return DescribeParametersResponse.builder()
                .parameters(page.items().stream().map(this::metadata).toList())
                .nextToken(page.next())
                .build();
    }

    GetParameterHistoryResponse history(GetParameterHistoryRequest request) {
        StoredParameter parameter = store.require(request.name());
        // Keys of pages are compared as text, so numbers are given the same length.
        Page<Version> page = page(
                parameter.versions(),
                version -> "%019d".formatted(version.number()),
                request.nextToken(),
                request.maxResults() == null ? DEFAULT_HISTORY_SIZE : request.maxResults());
        return GetParameterHistoryResponse.builder()
                .parameters(page.items().stream()
                        .map(version -> past(parameter, version, request.withDecryption()))
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private static <T> Page<T> page(List<T> all, Function<? super T, String> key, @Nullable String token, int size) {
        return Page.of(
                all,
                key,
                token,
                size,
                () -> ServiceError.badRequest("InvalidNextToken", "The specified token isn't valid."));
    }

    private static Optional<Version> selected(StoredParameter parameter, Reference reference) {
        String selector = reference.selector();
        if (selector == null) {
            return Optional.of(parameter.newest());
        }
        return selector.matches("\\d{1,18}") ? parameter.version(Long.parseLong(selector)) : Optional.empty();
    }

    private Parameter rendered(
            StoredParameter parameter, Version version, @Nullable String selector, @Nullable Boolean decrypt) {
        return Parameter.builder()
                .name(parameter.name())
                .type(parameter.type())
                .value(value(parameter, version, decrypt))
                .version(version.number())
                .selector(selector == null ? null : ":" + selector)
                .lastModifiedDate(version.modified())
                .arn(names.arn(parameter.name()))
                .dataType(version.content().dataType())
                .build();
    }

    private ParameterMetadata metadata(StoredParameter parameter) {
        Version version = parameter.newest();
        return ParameterMetadata.builder()
                .name(parameter.name())
                .arn(names.arn(parameter.name()))
                .type(parameter.type())
                .keyId(version.content().keyId())
                .lastModifiedDate(version.modified())
                .lastModifiedUser(version.modifiedBy())
                .description(version.content().description())
                .allowedPattern(version.content().allowedPattern())
                .version(version.number())
                .tier(version.content().tier())
                .policies(List.of())
                .dataType(version.content().dataType())
                .build();
    }

    private static ParameterHistory past(StoredParameter parameter, Version version, @Nullable Boolean decrypt) {
        return ParameterHistory.builder()
                .name(parameter.name())
                .type(parameter.type())
                .keyId(version.content().keyId())
                .lastModifiedDate(version.modified())
                .lastModifiedUser(version.modifiedBy())
                .description(version.content().description())
                .value(value(parameter, version, decrypt))
                .allowedPattern(version.content().allowedPattern())
                .version(version.number())
                .tier(version.content().tier())
                .labels(List.of())
                .policies(List.of())
                .dataType(version.content().dataType())
                .build();
    }

    private static String value(StoredParameter parameter, Version version, @Nullable Boolean decrypt) {
        String value = version.content().value();
        return parameter.type() == ParameterType.SECURE_STRING && !Boolean.TRUE.equals(decrypt)
                ? Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
                : value;
    }
}
