package dev.resilient.cloud.ec2.template;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Members;
import dev.resilient.cloud.ec2.request.ClientTokens;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
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
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateResponse;

/** The operations on {@link LaunchTemplates}. */
final class LaunchTemplateOperations {
    private static final FilterSet<LaunchTemplate> FILTERS =
            FilterSet.of(LaunchTemplate.builder(), "create-time launch-template-name tag-key=tags.key");
    private static final FilterSet<LaunchTemplateVersion> VERSION_FILTERS =
            FilterSet.of(LaunchTemplateVersion.builder(), """
                create-time is-default-version=default-version image-id=launch-template-data.image-id
                instance-type=launch-template-data.instance-type ebs-optimized=launch-template-data.ebs-optimized
                """);

    private final LaunchTemplates templates;
    private final Tags tags;
    private final ClientTokens<String> tokens = new ClientTokens<>();

    LaunchTemplateOperations(LaunchTemplates templates, Tags tags) {
        this.templates = templates;
        this.tags = tags;
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
                .create(request, call.caller().arn())
                .id());
        return CreateLaunchTemplateResponse.builder()
                .launchTemplate(shown(templates.get(id, null)))
                .build();
    }

    private CreateLaunchTemplateVersionResponse createVersion(CreateLaunchTemplateVersionRequest request, Call call) {
        VersionedTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        String number = tokens.once(request.clientToken(), request, () -> templates
                .addVersion(template, request, call.caller().arn())
                .versionNumber()
                .toString());
        return CreateLaunchTemplateVersionResponse.builder()
                .launchTemplateVersion(templates.resolve(template.id(), null, number))
                .build();
    }

    private ModifyLaunchTemplateResponse modify(ModifyLaunchTemplateRequest request) {
        VersionedTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        LaunchTemplateVersion version = template.version(request.defaultVersion());
        return ModifyLaunchTemplateResponse.builder()
                .launchTemplate(shown(templates.update(template, now -> now.withDefault(version))))
                .build();
    }

    private DeleteLaunchTemplateResponse delete(DeleteLaunchTemplateRequest request) {
        VersionedTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        LaunchTemplate last = shown(template);
        templates.delete(template);
        return DeleteLaunchTemplateResponse.builder().launchTemplate(last).build();
    }

    private DeleteLaunchTemplateVersionsResponse deleteVersions(DeleteLaunchTemplateVersionsRequest request) {
        VersionedTemplate template = templates.get(request.launchTemplateId(), request.launchTemplateName());
        List<DeleteLaunchTemplateVersionsResponseSuccessItem> deleted = new ArrayList<>();
        List<DeleteLaunchTemplateVersionsResponseErrorItem> refused = new ArrayList<>();
        for (String wanted : request.versions()) {
            try {
                deleted.add(Members.copy(
                                deleteVersion(template, wanted),
                                DeleteLaunchTemplateVersionsResponseSuccessItem.builder())
                        .build());
            } catch (ServiceError error) {
                refused.add(Members.copy(template.shown(), DeleteLaunchTemplateVersionsResponseErrorItem.builder())
                        .versionNumber(wanted.matches("\\d{1,18}") ? Long.valueOf(wanted) : null)
                        .responseError(reason ->
                                reason.code("launchTemplateVersionDoesNotExist").message(error.getMessage()))
                        .build());
            }
        }
        return DeleteLaunchTemplateVersionsResponse.builder()
                .successfullyDeletedLaunchTemplateVersions(deleted)
                .unsuccessfullyDeletedLaunchTemplateVersions(refused)
                .build();
    }

    private LaunchTemplateVersion deleteVersion(VersionedTemplate template, String wanted) {
        LaunchTemplateVersion version = template.version(wanted);
        refuseIf(
                version.defaultVersion(),
                "InvalidParameterCombination",
                "Cannot delete the default version of a launch template. Make another version the default first.");
        templates.update(template, now -> now.minus(version));
        return version;
    }

    private DescribeLaunchTemplatesResponse describe(DescribeLaunchTemplatesRequest request) {
        Stream<VersionedTemplate> named = Stream.concat(
                        request.launchTemplateIds().stream().map(id -> templates.get(id, null)),
                        request.launchTemplateNames().stream().map(name -> templates.get(null, name)))
                .distinct();
        boolean all = request.launchTemplateIds().isEmpty()
                && request.launchTemplateNames().isEmpty();
        return FILTERS.answer(
                request,
                DescribeLaunchTemplatesResponse.builder(),
                (all ? templates.list().stream() : named).map(this::shown).toList(),
                LaunchTemplate::launchTemplateId);
    }

    private DescribeLaunchTemplateVersionsResponse describeVersions(DescribeLaunchTemplateVersionsRequest request) {
        List<LaunchTemplateVersion> chosen = named(request).stream()
                .flatMap(template -> request.versions().isEmpty()
                        ? template.all()
                        : request.versions().stream().map(template::version).distinct())
                .filter(version -> isBetween(version, request.minVersion(), request.maxVersion()))
                .toList();
        return VERSION_FILTERS.answer(
                request, DescribeLaunchTemplateVersionsResponse.builder(), chosen, version -> "%s/%018d"
                        .formatted(version.launchTemplateId(), version.versionNumber()));
    }

    private List<VersionedTemplate> named(DescribeLaunchTemplateVersionsRequest request) {
        if (request.launchTemplateId() != null || request.launchTemplateName() != null) {
            return List.of(templates.get(request.launchTemplateId(), request.launchTemplateName()));
        }
        refuseIf(
                request.versions().isEmpty() || !Set.of("$Latest", "$Default").containsAll(request.versions()),
                "MissingParameter",
                "Either a launch template ID or a launch template name must be specified in the request.");
        return templates.list();
    }

    private static boolean isBetween(
            LaunchTemplateVersion version, @Nullable String minimum, @Nullable String maximum) {
        long number = version.versionNumber();
        return (minimum == null || number >= VersionedTemplate.number(minimum))
                && (maximum == null || number <= VersionedTemplate.number(maximum));
    }

    private LaunchTemplate shown(VersionedTemplate template) {
        return template.shown().toBuilder().tags(tags.of(template.id())).build();
    }
}
