package dev.resilient.cloud.ec2.template;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.request.SdkShapes;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.ec2.template.LaunchTemplate.Version;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The launch templates of the account, by id. Thread-safe. */
public final class LaunchTemplates {
    static final String RESOURCE_TYPE = "launch-template";

    private final ResourceMap<LaunchTemplate> templates;
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
     * One version of a launch template.
     *
     * @param data what it says of a launch
     */
    public record TemplateVersion(
            String templateId, String templateName, long number, RequestLaunchTemplateData data) {}

    /**
     * The version of a launch template that these words mean now.
     *
     * @param id null if the name is given
     * @param name null if the id is given
     * @param version a number, {@code $Latest} or {@code $Default}, which null means too
     * @throws ServiceError in EC2's words if there is no such template or version
     */
    public TemplateVersion resolve(@Nullable String id, @Nullable String name, @Nullable String version) {
        LaunchTemplate template = get(id, name);
        Version meant = version(template, version);
        return new TemplateVersion(template.id(), template.name(), meant.number(), meant.data());
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        new LaunchTemplateOperations(this, tags).register(registrar);
    }

    List<LaunchTemplate> list() {
        return templates.list();
    }

    /**
     * The template that a request names, by id or by name.
     *
     * @throws ServiceError if it names both or none, or there is no such template
     */
    LaunchTemplate get(@Nullable String id, @Nullable String name) {
        if ((id == null) == (name == null)) {
            throw ServiceError.badRequest(
                    id == null ? "MissingParameter" : "InvalidParameterCombination",
                    "Either a launch template ID or a launch template name must be specified in the request, but not"
                            + " both.");
        }
        return id != null ? byId(id) : byName(name);
    }

    /** The version of a template that a request names: a number, {@code $Latest}, or {@code $Default}, which null means too. */
    static Version version(LaunchTemplate template, @Nullable String wanted) {
        long number =
                switch (wanted) {
                    case null -> template.defaultVersion();
                    case "$Default" -> template.defaultVersion();
                    case "$Latest" -> template.versions().lastKey();
                    default -> number(wanted);
                };
        Version version = template.versions().get(number);
        if (version == null) {
            throw ServiceError.badRequest(
                    "InvalidLaunchTemplateId.VersionNotFound",
                    "Could not find the specified version " + wanted + " for the launch template with ID "
                            + template.id() + ".");
        }
        return version;
    }

    LaunchTemplate create(
            String name,
            @Nullable String description,
            RequestLaunchTemplateData data,
            List<Tag> wantedTags,
            String createdBy) {
        LaunchParameters.refuseUnsupported(data);
        Version first = new Version(1, description, time.instant(), createdBy, data);
        String id = ids.resource("lt");
        LaunchTemplate template = new LaunchTemplate(
                id, name, first.createdAt(), createdBy, 1, 0, Collections.unmodifiableSortedMap(new TreeMap<>()));
        template = template.plus(first);
        createUnique(template);
        tags.add(id, wantedTags);
        return template;
    }

    /** Adds a version whose data are {@code data} over those of the version that is its source, if there is one. */
    Version addVersion(
            LaunchTemplate template,
            @Nullable String description,
            @Nullable String source,
            RequestLaunchTemplateData data,
            String createdBy) {
        LaunchParameters.refuseUnsupported(data);
        RequestLaunchTemplateData.Builder merged = RequestLaunchTemplateData.builder();
        if (source != null) {
            SdkShapes.copy(version(template, source).data(), merged);
        }
        RequestLaunchTemplateData result = SdkShapes.copy(data, merged).build();
        LaunchTemplate after = templates
                .update(
                        template.id(),
                        now -> now.plus(
                                new Version(now.latestVersion() + 1, description, time.instant(), createdBy, result)))
                .orElseGet(() -> byId(template.id()));
        return version(after, "$Latest");
    }

    LaunchTemplate setDefault(LaunchTemplate template, String wanted) {
        long number = version(template, wanted).number();
        return templates.update(template.id(), now -> now.withDefault(number)).orElseGet(() -> byId(template.id()));
    }

    void deleteVersion(LaunchTemplate template, long number) {
        templates.update(template.id(), now -> now.minus(number));
    }

    void delete(LaunchTemplate template) {
        templates.remove(template.id());
        tags.remove(template.id());
    }

    private LaunchTemplate byId(String id) {
        refuseIf(
                !id.matches("lt-[0-9a-f]{8,17}"),
                () -> ServiceError.badRequest(
                        "InvalidLaunchTemplateId.Malformed",
                        "The specified launch template ID, " + id
                                + ", is malformed. The launch template ID must be in the form lt-xxxxxxxxxxxxxxxxx."));
        return templates
                .find(id)
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidLaunchTemplateId.NotFound",
                        "The specified launch template, with template ID " + id + ", does not exist."));
    }

    private LaunchTemplate byName(@Nullable String name) {
        return templates.list().stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidLaunchTemplateName.NotFoundException",
                        "The specified launch template, with template name " + name + ", does not exist."));
    }

    /** Two creations of the same name at once must not both succeed, and the map is keyed by id. */
    private synchronized void createUnique(LaunchTemplate template) {
        refuseIf(
                templates.list().stream().anyMatch(other -> other.name().equals(template.name())),
                () -> ServiceError.badRequest(
                        "InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use."));
        templates.create(template.id(), template);
    }

    /** The number of a version, which may not exist. */
    static long number(String text) {
        refuseIf(
                !text.matches("\\d{1,18}"),
                () -> ServiceError.badRequest(
                        "InvalidLaunchTemplateId.VersionNotFound",
                        "The specified version number, " + text + ", is not a valid launch template version."));
        return Long.parseLong(text);
    }
}
