package dev.resilient.cloud.ssm;

import static dev.resilient.cloud.ssm.ParameterNames.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Call;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
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
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;

/** Puts, deletes and tags parameters. */
record ParameterWrites(ParameterStore store, SecureStrings secrets, TimeSource time, BiConsumer<String, String> check) {
    private static final SupportedMembers PUT =
            SupportedMembers.of("Name Value Type Overwrite Tags Description KeyId DataType Tier");
    private static final int LARGEST_VALUE = 4096;

    PutParameterResponse put(PutParameterRequest request, Call call) {
        PUT.check(request, "ValidationException");
        ParameterNames.check(request.name());
        boolean overwrite = Boolean.TRUE.equals(request.overwrite());
        refuseIf(
                overwrite && request.hasTags(),
                "Invalid request: tags and overwrite can't be used together. To create a"
                        + " parameter with tags, please remove overwrite flag. To update tags for an existing"
                        + " parameter, please use AddTagsToResource or RemoveTagsFromResource.");
        check.accept(request.name(), request.value());
        Optional<StoredParameter> next = overwrite
                ? store.own()
                        .update(request.name(), parameter -> parameter.with(next(parameter.newest(), request, call)))
                : Optional.empty();
        StoredParameter stored = next.orElseGet(() -> create(request, call));
        return Members.copy(stored.newest(), PutParameterResponse.builder()).build();
    }

    private StoredParameter create(PutParameterRequest request, Call call) {
        refuseIf(request.type() == null, "A parameter type is required when you create a parameter.");
        List<ParameterHistory> first = List.of(version(1, request.type(), request, call));
        StoredParameter parameter = new StoredParameter(first, new TreeMap<>()).with(request.tags());
        boolean created = store.own().create(parameter.name(), parameter);
        ServiceError.refuseIf(
                !created && Boolean.TRUE.equals(request.overwrite()),
                "TooManyUpdates",
                "There are concurrent updates for a resource that supports one update at a time.");
        ServiceError.refuseIf(
                !created,
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                        + " true.");
        return parameter;
    }

    private ParameterHistory next(ParameterHistory newest, PutParameterRequest request, Call call) {
        ServiceError.refuseIf(
                request.type() != null && request.type() != newest.type(),
                "HierarchyTypeMismatchException",
                "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't"
                        + " change a parameter from a String type to a SecureString type. You must create a new,"
                        + " unique parameter.");
        return version(newest.version() + 1, newest.type(), request, call);
    }

    private ParameterHistory version(long number, ParameterType type, PutParameterRequest request, Call call) {
        refuseIf(
                request.value().isEmpty(),
                "1 validation error detected: Value '' at 'value' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1.");
        refuseIf(
                request.tier() != null && request.tier() != ParameterTier.STANDARD,
                "The parameter tier " + request.tierAsString() + " is not supported by this cloud");
        refuseIf(
                request.value().length() > LARGEST_VALUE,
                "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger"
                        + " parameter value, upgrade the parameter to use the advanced-parameter tier.");
        String dataType = Objects.requireNonNullElse(request.dataType(), "text");
        refuseIf(
                !dataType.equals("text") && !dataType.equals("aws:ec2:image"),
                "The following data type is not supported: " + dataType + " (Data type names are all lowercase)");
        boolean secure = type == ParameterType.SECURE_STRING;
        String keyId = Objects.requireNonNullElse(request.keyId(), SecureStrings.KEY_ID);
        if (secure) {
            secrets.check(keyId);
        }
        return Members.copy(request, ParameterHistory.builder())
                .type(type)
                .value(secrets.encrypted(type, request.name(), request.value()))
                .tier(ParameterTier.STANDARD)
                .dataType(dataType)
                .keyId(secure ? keyId : null)
                .version(number)
                .lastModifiedDate(time.instant().truncatedTo(ChronoUnit.MILLIS))
                .lastModifiedUser(call.caller().arn())
                .labels(List.of())
                .policies(List.of())
                .build();
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
        checkType(request.resourceType());
        var tagged = store.own().update(request.resourceId(), parameter -> parameter.with(request.tags()));
        ServiceError.refuseIf(tagged.isEmpty(), () -> invalidResource(request.resourceId()));
    }

    void removeTags(RemoveTagsFromResourceRequest request) {
        checkType(request.resourceType());
        var untagged = store.own().update(request.resourceId(), parameter -> parameter.without(request.tagKeys()));
        ServiceError.refuseIf(untagged.isEmpty(), () -> invalidResource(request.resourceId()));
    }

    ListTagsForResourceResponse listTags(ListTagsForResourceRequest request) {
        checkType(request.resourceType());
        StoredParameter parameter =
                store.own().find(request.resourceId()).orElseThrow(() -> invalidResource(request.resourceId()));
        return ListTagsForResourceResponse.builder()
                .tagList(parameter.tagList())
                .build();
    }

    private static void checkType(ResourceTypeForTagging type) {
        ServiceError.refuseIf(
                type != ResourceTypeForTagging.PARAMETER,
                "InvalidResourceType",
                "The resource type is not valid. For example, if you are attempting to tag an EC2 instance,"
                        + " the instance must be a registered managed node.");
    }

    private static ServiceError invalidResource(String name) {
        return ServiceError.badRequest(
                "InvalidResourceId", "The resource ID is not valid: there is no parameter " + name + ".");
    }
}
