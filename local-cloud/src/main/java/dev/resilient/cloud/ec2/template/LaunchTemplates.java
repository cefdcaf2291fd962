package dev.resilient.cloud.ec2.template;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.ec2.request.ClientTokens;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.Access;
import dev.resilient.wire.Call;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The launch templates of the account, by id. Thread-safe. */
public final class LaunchTemplates {
    private static final String KIND = "launch-template";
    private static final String ID = "LaunchTemplateId";
    private static final String NAME = "LaunchTemplateName";
    private static final FilterSet<LaunchTemplate> FILTERS =
            FilterSet.of(LaunchTemplate.builder(), "create-time launch-template-name tag-key=tags.key");
    private static final FilterSet<LaunchTemplateVersion> VERSION_FILTERS =
            FilterSet.of(LaunchTemplateVersion.builder(), """
                create-time is-default-version=default-version image-id=launch-template-data.image-id
                instance-type=launch-template-data.instance-type ebs-optimized=launch-template-data.ebs-optimized
                """);

    private static final SupportedMembers VERSIONS = SupportedMembers.of(
            "LaunchTemplateId LaunchTemplateName Versions Filters MaxResults NextToken DryRun ResolveAlias");

    private final ResourceMap<VersionedTemplate> templates;
    private final CloudContext cloud;
    private final Tags tags;
    private final ClientTokens<String> tokens = new ClientTokens<>();

    /** Those that the store has. */
    public LaunchTemplates(CloudContext cloud, Tags tags) {
        this.templates = cloud.store().map("ec2.launch-templates");
        this.cloud = cloud;
        this.tags = tags;
        tags.register("lt-", KIND, id -> get(id, null));
    }

    /**
     * The version of a launch template that these words mean now.
     *
     * @param id null if the name is given
     * @param name null if the id is given
     * @param version a number, {@code $Latest} or {@code $Default}, which null means too
     * @throws ServiceError in EC2's words if there is no such template or version
     */
    public LaunchTemplateVersion resolve(@Nullable String id, @Nullable String name, @Nullable String version) {
        return get(id, name).version(version);
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.onCall(CreateLaunchTemplateRequest.class, registrar.any(KIND), this::create);
        Access<AwsRequest> one =
                registrar.resource(KIND, ID, NAME, name -> find(name).map(VersionedTemplate::id));
        registrar.onCall(CreateLaunchTemplateVersionRequest.class, one, this::createVersion);
        registrar.on(ModifyLaunchTemplateRequest.class, one, this::modify);
        registrar.on(DeleteLaunchTemplateRequest.class, one, this::delete);
        registrar.describe(DescribeLaunchTemplatesRequest.class, this::describe);
        registrar.describe(DescribeLaunchTemplateVersionsRequest.class, this::describeVersions);
    }

    private CreateLaunchTemplateResponse create(CreateLaunchTemplateRequest request, Call call) {
        String id = tokens.once(request.clientToken(), request, () -> make(request, call));
        return CreateLaunchTemplateResponse.builder()
                .launchTemplate(shown(get(id, null)))
                .build();
    }

    /** A template with a first version; its id. Two of the same name at once must not both succeed, and the map is keyed by id. */
    private synchronized String make(CreateLaunchTemplateRequest request, Call call) {
        String name = request.launchTemplateName();
        LaunchTemplateVersion.Builder first = version(ResponseLaunchTemplateData.builder(), request, call);
        List<Tag> wanted = Tags.requested(KIND, request.tagSpecifications());
        refuseIf(
                templates.list().stream()
                        .anyMatch(other -> other.shown().launchTemplateName().equals(name)),
                "InvalidLaunchTemplateName.AlreadyExistsException",
                "Launch template name already in use.");
        LaunchTemplate shown = LaunchTemplate.builder()
                .launchTemplateId(cloud.ids().resource("lt"))
                .launchTemplateName(name)
                .createTime(cloud.time().instant())
                .createdBy(call.caller().arn())
                .defaultVersionNumber(1L)
                .latestVersionNumber(0L)
                .build();
        templates.create(shown.launchTemplateId(), new VersionedTemplate(shown, List.of()).plus(first));
        tags.add(shown.launchTemplateId(), wanted);
        return shown.launchTemplateId();
    }

    /** Adds a version whose data are those of the request over those of the version that is its source, if there is one. */
    private CreateLaunchTemplateVersionResponse createVersion(CreateLaunchTemplateVersionRequest request, Call call) {
        VersionedTemplate template = get(request);
        String number = tokens.once(request.clientToken(), request, () -> {
            ResponseLaunchTemplateData.Builder source = request.sourceVersion() == null
                    ? ResponseLaunchTemplateData.builder()
                    : template.version(request.sourceVersion()).launchTemplateData().toBuilder();
            LaunchTemplateVersion.Builder added = version(source, request, call);
            return update(template, now -> now.plus(added))
                    .shown()
                    .latestVersionNumber()
                    .toString();
        });
        return CreateLaunchTemplateVersionResponse.builder()
                .launchTemplateVersion(resolve(template.id(), null, number))
                .build();
    }

    private LaunchTemplateVersion.Builder version(
            ResponseLaunchTemplateData.Builder data, Ec2Request request, Call call) {
        RequestLaunchTemplateData asked = Members.get(request, "LaunchTemplateData", RequestLaunchTemplateData.class)
                .orElseThrow();
        LaunchParameters.check(asked);
        return Members.copy(request, LaunchTemplateVersion.builder())
                .createTime(cloud.time().instant())
                .createdBy(call.caller().arn())
                .launchTemplateData(Members.copy(asked, data).build());
    }

    private ModifyLaunchTemplateResponse modify(ModifyLaunchTemplateRequest request) {
        VersionedTemplate template = get(request);
        LaunchTemplateVersion version = template.version(request.defaultVersion());
        return ModifyLaunchTemplateResponse.builder()
                .launchTemplate(shown(update(template, now -> now.withDefault(version))))
                .build();
    }

    private DeleteLaunchTemplateResponse delete(DeleteLaunchTemplateRequest request) {
        VersionedTemplate template = get(request);
        LaunchTemplate last = shown(template);
        templates.remove(template.id());
        tags.remove(template.id());
        return DeleteLaunchTemplateResponse.builder().launchTemplate(last).build();
    }

    private DescribeLaunchTemplatesResponse describe(DescribeLaunchTemplatesRequest request) {
        request.launchTemplateIds().forEach(this::byId);
        request.launchTemplateNames().forEach(this::byName);
        return FILTERS.answer(
                request,
                DescribeLaunchTemplatesResponse.builder(),
                templates.list().stream().map(this::shown).toList(),
                LaunchTemplate::launchTemplateId);
    }

    private DescribeLaunchTemplateVersionsResponse describeVersions(DescribeLaunchTemplateVersionsRequest request) {
        VERSIONS.check(request, "UnsupportedOperation");
        List<LaunchTemplateVersion> chosen = named(request).stream()
                .flatMap(template -> request.versions().isEmpty()
                        ? template.all()
                        : request.versions().stream().map(template::version).distinct())
                .toList();
        return VERSION_FILTERS.answer(
                request, DescribeLaunchTemplateVersionsResponse.builder(), chosen, version -> "%s/%018d"
                        .formatted(version.launchTemplateId(), version.versionNumber()));
    }

    private List<VersionedTemplate> named(DescribeLaunchTemplateVersionsRequest request) {
        if (request.launchTemplateId() != null || request.launchTemplateName() != null) {
            return List.of(get(request));
        }
        refuseIf(
                request.versions().isEmpty() || !Set.of("$Latest", "$Default").containsAll(request.versions()),
                "MissingParameter",
                "Either a launch template ID or a launch template name must be specified in the request.");
        return templates.list();
    }

    private LaunchTemplate shown(VersionedTemplate template) {
        return template.shown().toBuilder().tags(tags.of(template.id())).build();
    }

    /** The template that a request names, by id or by name. */
    private VersionedTemplate get(Ec2Request request) {
        return get(member(request, ID), member(request, NAME));
    }

    private static @Nullable String member(Ec2Request request, String name) {
        return Members.get(request, name, String.class).orElse(null);
    }

    private VersionedTemplate get(@Nullable String id, @Nullable String name) {
        if (id != null && name == null) {
            return byId(id);
        }
        if (name != null && id == null) {
            return byName(name);
        }
        throw ServiceError.badRequest(
                id == null ? "MissingParameter" : "InvalidParameterCombination",
                "Either a launch template ID or a launch template name must be specified in the request, but not"
                        + " both.");
    }

    private VersionedTemplate byId(String id) {
        refuseIf(
                !id.matches("lt-[0-9a-f]{8,17}"),
                "InvalidLaunchTemplateId.Malformed",
                "The specified launch template ID, " + id
                        + ", is malformed. The launch template ID must be in the form lt-xxxxxxxxxxxxxxxxx.");
        return templates
                .find(id)
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidLaunchTemplateId.NotFound",
                        "The specified launch template, with template ID " + id + ", does not exist."));
    }

    private VersionedTemplate byName(String name) {
        return find(name)
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidLaunchTemplateName.NotFoundException",
                        "The specified launch template, with template name " + name + ", does not exist."));
    }

    private Optional<VersionedTemplate> find(String name) {
        return templates.list().stream()
                .filter(template -> template.shown().launchTemplateName().equals(name))
                .findFirst();
    }

    private VersionedTemplate update(VersionedTemplate template, UnaryOperator<VersionedTemplate> change) {
        return templates.update(template.id(), change).orElseGet(() -> byId(template.id()));
    }
}
