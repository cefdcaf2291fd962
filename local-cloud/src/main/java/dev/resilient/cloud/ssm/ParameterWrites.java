package dev.resilient.cloud.ssm;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Members;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Call;
import dev.resilient.wire.ServiceError;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Puts, deletes and tags parameters. */
record ParameterWrites(ParameterStore store, TimeSource time, BiConsumer<String, String> check) {
    private static final int STANDARD_SIZE = 4096;
    private static final int ADVANCED_SIZE = 8192;
    private static final int MAXIMUM_TAGS = 50;

    PutParameterResponse put(PutParameterRequest request, Call call) {
        ParameterNames.check(request.name());
        boolean overwrite = Boolean.TRUE.equals(request.overwrite());
        refuseIf(
                overwrite && request.hasTags(),
                "ValidationException",
                "Invalid request: tags and overwrite can't be used together. To create a"
                        + " parameter with tags, please remove overwrite flag. To update tags for an existing"
                        + " parameter, please use AddTagsToResource or RemoveTagsFromResource.");
        refuseIf(
                request.policies() != null,
                "ValidationException",
                "Parameter policies are not supported by this cloud.");
        check.accept(request.name(), request.value());
        Optional<StoredParameter> next = overwrite
                ? store.own()
                        .update(request.name(), parameter -> parameter.with(next(parameter.newest(), request, call)))
                : Optional.empty();
        StoredParameter stored = next.orElseGet(() -> create(request, call));
        return Members.copy(stored.newest(), PutParameterResponse.builder()).build();
    }

    private StoredParameter create(PutParameterRequest request, Call call) {
        ParameterType type = request.type();
        if (type == null) {
            throw ParameterNames.invalid("A parameter type is required when you create a parameter.");
        }
        StoredParameter parameter =
                new StoredParameter(List.of(version(1, type, request, call)), new TreeMap<>(tagMap(request.tags())));
        boolean created = store.own().create(parameter.name(), parameter);
        refuseIf(
                !created && Boolean.TRUE.equals(request.overwrite()),
                "TooManyUpdates",
                "There are concurrent updates for a resource that supports one update at a time.");
        refuseIf(
                !created,
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                        + " true.");
        return parameter;
    }

    private ParameterHistory next(ParameterHistory newest, PutParameterRequest request, Call call) {
        refuseIf(
                request.type() != null && request.type() != newest.type(),
                "HierarchyTypeMismatchException",
                "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't"
                        + " change a parameter from a String type to a SecureString type. You must create a new,"
                        + " unique parameter.");
        return version(newest.version() + 1, newest.type(), request, call);
    }

    private ParameterHistory version(long number, ParameterType type, PutParameterRequest request, Call call) {
        String value = request.value();
        refuseIf(
                value.isEmpty(),
                "ValidationException",
                "1 validation error detected: Value '' at 'value' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1.");
        ParameterTier tier = tier(request.tier(), value.length());
        String dataType = Objects.requireNonNullElse(request.dataType(), "text");
        refuseIf(
                !dataType.equals("text") && !dataType.equals("aws:ec2:image"),
                "ValidationException",
                "The following data type is not supported: " + dataType + " (Data type names are all lowercase)");
        checkPattern(value, request.allowedPattern());
        String keyId = Objects.requireNonNullElse(request.keyId(), "alias/aws/ssm");
        return Members.copy(request, ParameterHistory.builder())
                .type(type)
                .tier(tier)
                .dataType(dataType)
                .keyId(type == ParameterType.SECURE_STRING ? keyId : null)
                .version(number)
                .lastModifiedDate(time.instant().truncatedTo(ChronoUnit.MILLIS))
                .lastModifiedUser(call.caller().arn())
                .labels(List.of())
                .policies(List.of())
                .build();
    }

    private static ParameterTier tier(@Nullable ParameterTier requested, int size) {
        boolean advanced = requested == ParameterTier.ADVANCED
                || (requested == ParameterTier.INTELLIGENT_TIERING && size > STANDARD_SIZE);
        refuseIf(
                size > (advanced ? ADVANCED_SIZE : STANDARD_SIZE),
                "ValidationException",
                advanced
                        ? "Advanced tier parameters support a maximum parameter value of 8192 characters."
                        : "Standard tier parameters support a maximum parameter value of 4096 characters. To"
                                + " create a larger parameter value, upgrade the parameter to use the"
                                + " advanced-parameter tier.");
        return advanced ? ParameterTier.ADVANCED : ParameterTier.STANDARD;
    }

    private static void checkPattern(String value, @Nullable String allowedPattern) {
        if (allowedPattern == null) {
            return;
        }
        try {
            refuseIf(
                    !Pattern.matches(allowedPattern, value),
                    "ParameterPatternMismatchException",
                    "Parameter value, cannot be validated against allowedPattern: " + allowedPattern);
        } catch (PatternSyntaxException invalid) {
            throw ServiceError.badRequest(
                    "InvalidAllowedPatternException",
                    "The request doesn't meet the regular expression requirement: " + invalid.getDescription());
        }
    }

    void delete(DeleteParameterRequest request) {
        if (store.own().remove(request.name()).isEmpty()) {
            throw ParameterStore.notFound(request.name());
        }
    }

    DeleteParametersResponse deleteAll(DeleteParametersRequest request) {
        List<String> deleted = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        request.names().stream()
                .distinct()
                .forEach(name -> (store.own().remove(name).isPresent() ? deleted : invalid).add(name));
        return DeleteParametersResponse.builder()
                .deletedParameters(deleted)
                .invalidParameters(invalid)
                .build();
    }

    void addTags(AddTagsToResourceRequest request) {
        requireParameter(request.resourceType(), request.resourceId());
        Map<String, String> tags = tagMap(request.tags());
        var tagged = store.own().update(request.resourceId(), parameter -> {
            StoredParameter changed = parameter.with(tags);
            checkTagCount(changed.tags());
            return changed;
        });
        refuseIf(tagged.isEmpty(), () -> invalidResource(request.resourceId()));
    }

    ListTagsForResourceResponse listTags(ListTagsForResourceRequest request) {
        StoredParameter parameter = requireParameter(request.resourceType(), request.resourceId());
        return ListTagsForResourceResponse.builder()
                .tagList(parameter.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private StoredParameter requireParameter(ResourceTypeForTagging type, String name) {
        refuseIf(
                type != ResourceTypeForTagging.PARAMETER,
                "InvalidResourceType",
                "The resource type is not valid. For example, if you are attempting to tag an EC2 instance,"
                        + " the instance must be a registered managed node.");
        return store.own().find(name).orElseThrow(() -> invalidResource(name));
    }

    private static ServiceError invalidResource(String name) {
        return ServiceError.badRequest(
                "InvalidResourceId", "The resource ID is not valid: there is no parameter " + name + ".");
    }

    private static Map<String, String> tagMap(List<Tag> tags) {
        Map<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        checkTagCount(map);
        return map;
    }

    private static void checkTagCount(Map<String, String> tags) {
        refuseIf(
                tags.size() > MAXIMUM_TAGS,
                "TooManyTagsError",
                "A parameter can have at most " + MAXIMUM_TAGS + " tags.");
    }
}
