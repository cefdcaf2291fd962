package dev.resilient.cloud.ec2.template;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.ec2.request.ClientTokens;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.request.SdkShapes;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.ec2.template.LaunchTemplate.Version;
import dev.resilient.wire.Call;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponseErrorItem;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponseSuccessItem;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.ResponseError;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/** The operations on {@link LaunchTemplates}, and how templates look in responses. */
final class LaunchTemplateOperations {
    private static final FilterSet<Selected> VERSION_FILTERS = new FilterSet<Selected>()
            .on("create-time", each -> each.version.createdAt())
            .on("ebs-optimized", each -> Boolean.TRUE.equals(each.version.data().ebsOptimized()))
            .on("image-id", each -> each.version.data().imageId())
            .on("instance-type", each -> each.version.data().instanceTypeAsString())
            .on("is-default-version", each -> each.version.number() == each.template.defaultVersion());

    private final LaunchTemplates templates;
    private final Tags tags;
    private final ClientTokens<String> tokens = new ClientTokens<>();
    private final FilterSet<LaunchTemplate> filters;

    LaunchTemplateOperations(LaunchTemplates templates, Tags tags) {
        this.templates = templates;
        this.tags = tags;
        this.filters = new FilterSet<LaunchTemplate>()
                .on("create-time", LaunchTemplate::createdAt)
                .on("launch-template-name", LaunchTemplate::name)
                .onTags(template -> tags.of(template.id()));
    }

    void register(Registrar registrar) {
        String kind = LaunchTemplates.RESOURCE_TYPE;
        String id = "LaunchTemplateId";
        registrar.onCall(CreateLaunchTemplateRequest.class, registrar.any(kind), this::create);
        registrar.onCall(CreateLaunchTemplateVersionRequest.class, registrar.resources(kind, id), this::createVersion);
        registrar.on(kind, id, ModifyLaunchTemplateRequest.class, this::modify);
        registrar.on(kind, id, DeleteLaunchTemplateRequest.class, this::delete);
        registrar.on(kind, id, DeleteLaunchTemplateVersionsRequest.class, this::deleteVersions);
        registrar.describe(DescribeLaunchTemplatesRequest.class, this::describe);
        registrar.describe(DescribeLaunchTemplateVersionsRequest.class, this::describeVersions);
    }

    private CreateLaunchTemplateResponse create(CreateLaunchTemplateRequest request, Call call) {
        String id = tokens.once(request.clientToken(), request, () -> templates
                .create(
                        request.launchTemplateName(),
                        request.versionDescription(),
                        request.launchTemplateData(),
                        Tags.requested(LaunchTemplates.RESOURCE_TYPE, request.tagSpecifications()),
                        call.caller().arn())
                .id());
        return CreateLaunchTemplateResponse.builder()
                .launchTemplate(render(templates.get(id, null)))
                .build();
    }

    private CreateLaunchTemplateVersionResponse createVersion(CreateLaunchTemplateVersionRequest request, Call call) {
        LaunchTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        String number = tokens.once(
                request.clientToken(),
                request,
                () -> String.valueOf(templates
                        .addVersion(
                                template,
                                request.versionDescription(),
                                request.sourceVersion(),
                                request.launchTemplateData(),
                                call.caller().arn())
                        .number()));
        LaunchTemplate after = templates.get(template.id(), null);
        return CreateLaunchTemplateVersionResponse.builder()
                .launchTemplateVersion(render(after, LaunchTemplates.version(after, number)))
                .build();
    }

    private ModifyLaunchTemplateResponse modify(ModifyLaunchTemplateRequest request) {
        LaunchTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        LaunchTemplate after =
                request.defaultVersion() == null ? template : templates.setDefault(template, request.defaultVersion());
        return ModifyLaunchTemplateResponse.builder()
                .launchTemplate(render(after))
                .build();
    }

    private DeleteLaunchTemplateResponse delete(DeleteLaunchTemplateRequest request) {
        LaunchTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        software.amazon.awssdk.services.ec2.model.LaunchTemplate last = render(template);
        templates.delete(template);
        return DeleteLaunchTemplateResponse.builder().launchTemplate(last).build();
    }

    private DeleteLaunchTemplateVersionsResponse deleteVersions(DeleteLaunchTemplateVersionsRequest request) {
        LaunchTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        List<DeleteLaunchTemplateVersionsResponseSuccessItem> deleted = new ArrayList<>();
        List<DeleteLaunchTemplateVersionsResponseErrorItem> refused = new ArrayList<>();
        for (String wanted : request.versions()) {
            try {
                deleted.add(deleteVersion(template, wanted));
            } catch (ServiceError error) {
                refused.add(DeleteLaunchTemplateVersionsResponseErrorItem.builder()
                        .launchTemplateId(template.id())
                        .launchTemplateName(template.name())
                        .versionNumber(wanted.matches("\\d{1,18}") ? Long.valueOf(wanted) : null)
                        .responseError(ResponseError.builder()
                                .code("launchTemplateVersionDoesNotExist")
                                .message(error.getMessage())
                                .build())
                        .build());
            }
        }
        return DeleteLaunchTemplateVersionsResponse.builder()
                .successfullyDeletedLaunchTemplateVersions(deleted)
                .unsuccessfullyDeletedLaunchTemplateVersions(refused)
                .build();
    }

    private DescribeLaunchTemplatesResponse describe(DescribeLaunchTemplatesRequest request) {
        Stream<LaunchTemplate> byId = request.launchTemplateIds().stream().map(id -> templates.get(id, null));
        Stream<LaunchTemplate> byName = request.launchTemplateNames().stream().map(name -> templates.get(null, name));
        List<LaunchTemplate> named = Stream.concat(byId, byName).distinct().toList();
        boolean all = request.launchTemplateIds().isEmpty()
                && request.launchTemplateNames().isEmpty();
        return filters.answer(
                request,
                DescribeLaunchTemplatesResponse.builder(),
                all ? templates.list() : named,
                LaunchTemplate::id,
                this::render);
    }

    private DescribeLaunchTemplateVersionsResponse describeVersions(DescribeLaunchTemplateVersionsRequest request) {
        List<Selected> selected = new ArrayList<>();
        for (LaunchTemplate template : named(request)) {
            Stream<Version> versions = request.versions().isEmpty()
                    ? template.versions().values().stream()
                    : request.versions().stream()
                            .map(wanted -> LaunchTemplates.version(template, wanted))
                            .distinct();
            versions.filter(version -> isBetween(version, request.minVersion(), request.maxVersion()))
                    .forEach(version -> selected.add(new Selected(template, version)));
        }
        return VERSION_FILTERS.answer(
                request,
                DescribeLaunchTemplateVersionsResponse.builder(),
                selected,
                Selected::key,
                each -> render(each.template, each.version));
    }

    private List<LaunchTemplate> named(DescribeLaunchTemplateVersionsRequest request) {
        if (request.launchTemplateId() != null || request.launchTemplateName() != null) {
            return List.of(templates.get(request.launchTemplateId(), request.launchTemplateName()));
        }
        refuseIf(
                request.versions().isEmpty() || !Set.of("$Latest", "$Default").containsAll(request.versions()),
                () -> ServiceError.badRequest(
                        "MissingParameter",
                        "Either a launch template ID or a launch template name must be specified in the request."));
        return templates.list();
    }

    private static boolean isBetween(Version version, @Nullable String minimum, @Nullable String maximum) {
        return (minimum == null || version.number() >= LaunchTemplates.number(minimum))
                && (maximum == null || version.number() <= LaunchTemplates.number(maximum));
    }

    private DeleteLaunchTemplateVersionsResponseSuccessItem deleteVersion(LaunchTemplate template, String wanted) {
        Version version = LaunchTemplates.version(template, wanted);
        refuseIf(
                version.number() == template.defaultVersion(),
                () -> ServiceError.badRequest(
                        "InvalidParameterCombination",
                        "Cannot delete the default version of a launch template. Make another version the default"
                                + " first."));
        templates.deleteVersion(template, version.number());
        return DeleteLaunchTemplateVersionsResponseSuccessItem.builder()
                .launchTemplateId(template.id())
                .launchTemplateName(template.name())
                .versionNumber(version.number())
                .build();
    }

    private software.amazon.awssdk.services.ec2.model.LaunchTemplate render(LaunchTemplate template) {
        return software.amazon.awssdk.services.ec2.model.LaunchTemplate.builder()
                .launchTemplateId(template.id())
                .launchTemplateName(template.name())
                .createTime(template.createdAt())
                .createdBy(template.createdBy())
                .defaultVersionNumber(template.defaultVersion())
                .latestVersionNumber(template.latestVersion())
                .tags(tags.of(template.id()))
                .build();
    }

    private static LaunchTemplateVersion render(LaunchTemplate template, Version version) {
        return LaunchTemplateVersion.builder()
                .launchTemplateId(template.id())
                .launchTemplateName(template.name())
                .versionNumber(version.number())
                .versionDescription(version.description())
                .createTime(version.createdAt())
                .createdBy(version.createdBy())
                .defaultVersion(version.number() == template.defaultVersion())
                .launchTemplateData(SdkShapes.copy(version.data(), ResponseLaunchTemplateData.builder())
                        .build())
                .build();
    }

    private record Selected(LaunchTemplate template, Version version) {
        String key() {
            return "%s/%018d".formatted(template.id(), version.number());
        }
    }
}
