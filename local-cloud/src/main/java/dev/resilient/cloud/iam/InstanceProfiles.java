package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.Role;

/** Instance profiles: what carries a role to an instance. Each holds one role at most. */
final class InstanceProfiles {
    private final Entities entities;

    InstanceProfiles(Entities entities) {
        this.entities = entities;
    }

    void register(OperationRegistry operations) {
        var profiles = new Registrar<>(operations, entities, Kind.INSTANCE_PROFILE);
        profiles.answerAsking(
                CreateInstanceProfileRequest.class,
                request -> profiles.creation(request.path(), request.instanceProfileName(), request.tags(), null),
                this::create);
        profiles.answer(
                GetInstanceProfileRequest.class,
                GetInstanceProfileRequest::instanceProfileName,
                request -> GetInstanceProfileResponse.builder()
                        .instanceProfile(full(entities.get(Kind.INSTANCE_PROFILE, request.instanceProfileName())))
                        .build());
        profiles.list(ListInstanceProfilesRequest.class, ListInstanceProfilesRequest::pathPrefix, this::list);
        profiles.act(
                DeleteInstanceProfileRequest.class, DeleteInstanceProfileRequest::instanceProfileName, this::delete);
        var roles = new Registrar<>(operations, entities, Kind.ROLE);
        roles.answer(
                ListInstanceProfilesForRoleRequest.class,
                ListInstanceProfilesForRoleRequest::roleName,
                this::listForRole);
        profiles.actAsking(
                AddRoleToInstanceProfileRequest.class,
                request -> passRole(profiles.on(request.instanceProfileName(), Map.of()), roles, request.roleName()),
                this::addRole);
        profiles.act(
                RemoveRoleFromInstanceProfileRequest.class,
                RemoveRoleFromInstanceProfileRequest::instanceProfileName,
                this::removeRole);
    }

    /** Whoever hands a role to instances must be allowed to pass it, else anyone could raise their own permissions. */
    private static List<Access.Question> passRole(Access.Question own, Registrar<RoleEntity> roles, String roleName) {
        Access.Question role = roles.on(roleName, Map.of("iam:PassedToService", "ec2.amazonaws.com"));
        return List.of(own, new Access.Question("iam:PassRole", role.resource(), role.context()));
    }

    private CreateInstanceProfileResponse create(CreateInstanceProfileRequest request) {
        String name = request.instanceProfileName();
        Entity entity = entities.create(Kind.INSTANCE_PROFILE, request.path(), name, Tags.map(request.tags()));
        InstanceProfileEntity profile =
                entities.add(Kind.INSTANCE_PROFILE, name, new InstanceProfileEntity(entity, null));
        return CreateInstanceProfileResponse.builder()
                .instanceProfile(full(profile))
                .build();
    }

    private ListInstanceProfilesResponse list(ListInstanceProfilesRequest request) {
        Page<InstanceProfileEntity> page = Rendering.page(
                entities.all(Kind.INSTANCE_PROFILE), request.pathPrefix(), request.marker(), request.maxItems());
        return Rendering.paged(page, ListInstanceProfilesResponse.builder().instanceProfiles(rendered(page)));
    }

    private ListInstanceProfilesForRoleResponse listForRole(ListInstanceProfilesForRoleRequest request) {
        entities.get(Kind.ROLE, request.roleName());
        Page<InstanceProfileEntity> page = Rendering.page(
                entities.profilesWith(request.roleName()),
                profile -> profile.entity().name(),
                request.marker(),
                request.maxItems());
        return Rendering.paged(
                page, ListInstanceProfilesForRoleResponse.builder().instanceProfiles(rendered(page)));
    }

    private void delete(DeleteInstanceProfileRequest request) {
        entities.remove(Kind.INSTANCE_PROFILE, request.instanceProfileName(), profile -> {
            if (profile.roleName() != null) {
                throw Entities.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }
        });
    }

    private void addRole(AddRoleToInstanceProfileRequest request) {
        entities.change(Kind.INSTANCE_PROFILE, request.instanceProfileName(), profile -> {
            entities.get(Kind.ROLE, request.roleName());
            if (profile.roleName() != null) {
                throw Entities.limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
            }
            return new InstanceProfileEntity(profile.entity(), request.roleName());
        });
    }

    private void removeRole(RemoveRoleFromInstanceProfileRequest request) {
        entities.change(Kind.INSTANCE_PROFILE, request.instanceProfileName(), profile -> {
            entities.get(Kind.ROLE, request.roleName());
            if (!profile.holds(request.roleName())) {
                throw Entities.noSuchEntity("Role " + request.roleName() + " in instance profile "
                        + request.instanceProfileName() + " cannot be found.");
            }
            return new InstanceProfileEntity(profile.entity(), null);
        });
    }

    private List<InstanceProfile> rendered(Page<InstanceProfileEntity> page) {
        return page.items().stream().map(profile -> brief(profile).build()).toList();
    }

    /** A profile as lists show it: without its tags. */
    private InstanceProfile.Builder brief(InstanceProfileEntity profile) {
        Entity entity = profile.entity();
        return InstanceProfile.builder()
                .path(entity.path())
                .instanceProfileName(entity.name())
                .instanceProfileId(entity.id())
                .arn(entity.arn())
                .createDate(entity.created())
                .roles(rolesOf(profile));
    }

    private List<Role> rolesOf(InstanceProfileEntity profile) {
        String roleName = profile.roleName();
        return roleName == null
                ? List.of()
                : entities.find(Kind.ROLE, roleName).stream()
                        .map(role -> Roles.brief(role).build())
                        .toList();
    }

    private InstanceProfile full(InstanceProfileEntity profile) {
        return brief(profile).tags(Rendering.tags(profile.entity().tags())).build();
    }
}
