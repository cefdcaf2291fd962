package dev.resilient.cloud.ec2.template;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Members;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The launch templates of the account, by id. Thread-safe. */
public final class LaunchTemplates {
    static final String RESOURCE_TYPE = "launch-template";

    private final ResourceMap<VersionedTemplate> templates;
    private final Ids ids;
    private final TimeSource time;
    private final Tags tags;

    /** Those that the store has. */
    public LaunchTemplates(CloudContext cloud, Tags tags) {
        this.templates = cloud.store().map("ec2.launch-templates");
        this.ids = cloud.ids();
        this.time = cloud.time();
        this.tags = tags;
        tags.register("lt-", RESOURCE_TYPE, id -> get(id, null));
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
        new LaunchTemplateOperations(this, tags).register(registrar);
    }

    List<VersionedTemplate> list() {
        return templates.list();
    }

    /**
     * The template that a request names, by id or by name.
     *
     * @throws ServiceError if it names both or none, or there is no such template
     */
    VersionedTemplate get(@Nullable String id, @Nullable String name) {
        refuseIf(
                (id == null) == (name == null),
                id == null ? "MissingParameter" : "InvalidParameterCombination",
                "Either a launch template ID or a launch template name must be specified in the request, but not"
                        + " both.");
        return id != null ? byId(id) : byName(name);
    }

    /** Makes a template with a first version, by this caller. */
    VersionedTemplate create(CreateLaunchTemplateRequest request, String caller) {
        LaunchTemplateVersion.Builder first =
                version(null, request.launchTemplateData(), request.versionDescription(), caller);
        List<Tag> wanted = Tags.requested(RESOURCE_TYPE, request.tagSpecifications());
        LaunchTemplate shown = LaunchTemplate.builder()
                .launchTemplateId(ids.resource("lt"))
                .launchTemplateName(request.launchTemplateName())
                .createTime(time.instant())
                .createdBy(caller)
                .defaultVersionNumber(1L)
                .latestVersionNumber(0L)
                .build();
        VersionedTemplate template = new VersionedTemplate(shown, List.of()).plus(first);
        createUnique(template);
        tags.add(template.id(), wanted);
        return template;
    }

    /** Adds a version whose data are those of the request over those of the version that is its source, if there is one. */
    LaunchTemplateVersion addVersion(
            VersionedTemplate template, CreateLaunchTemplateVersionRequest request, String caller) {
        LaunchTemplateVersion source =
                request.sourceVersion() == null ? null : template.version(request.sourceVersion());
        LaunchTemplateVersion.Builder version =
                version(source, request.launchTemplateData(), request.versionDescription(), caller);
        return update(template, now -> now.plus(version)).version("$Latest");
    }

    private LaunchTemplateVersion.Builder version(
            @Nullable LaunchTemplateVersion source,
            RequestLaunchTemplateData data,
            @Nullable String description,
            String caller) {
        LaunchParameters.refuseUnsupported(data);
        ResponseLaunchTemplateData.Builder merged =
                source == null ? ResponseLaunchTemplateData.builder() : source.launchTemplateData().toBuilder();
        return LaunchTemplateVersion.builder()
                .versionDescription(description)
                .createTime(time.instant())
                .createdBy(caller)
                .launchTemplateData(Members.copy(data, merged).build());
    }

    /** Replaces a template by a changed one. */
    VersionedTemplate update(VersionedTemplate template, UnaryOperator<VersionedTemplate> change) {
        return templates.update(template.id(), change).orElseGet(() -> byId(template.id()));
    }

    void delete(VersionedTemplate template) {
        templates.remove(template.id());
        tags.remove(template.id());
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

    private VersionedTemplate byName(@Nullable String name) {
        return templates.list().stream()
                .filter(template -> template.shown().launchTemplateName().equals(name))
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidLaunchTemplateName.NotFoundException",
                        "The specified launch template, with template name " + name + ", does not exist."));
    }

    /** Two creations of the same name at once must not both succeed, and the map is keyed by id. */
    private synchronized void createUnique(VersionedTemplate template) {
        String name = template.shown().launchTemplateName();
        refuseIf(
                templates.list().stream()
                        .anyMatch(other -> other.shown().launchTemplateName().equals(name)),
                "InvalidLaunchTemplateName.AlreadyExistsException",
                "Launch template name already in use.");
        templates.create(template.id(), template);
    }
}
