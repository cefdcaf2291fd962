package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileResponse;

/** Instance profiles: what carries a role to an instance. Each holds one role at most. */
final class InstanceProfiles {
    private final Entities entities;

    InstanceProfiles(Entities entities) {
        this.entities = entities;
    }

    CreateInstanceProfileResponse create(CreateInstanceProfileRequest request) {
        String name = request.instanceProfileName();
        InstanceProfileEntity profile = new InstanceProfileEntity(
                entities.create(Entity.Kind.INSTANCE_PROFILE, request.path(), name, request.tags()), null);
        if (!entities.profiles().create(name, profile)) {
            throw Entities.alreadyExists("Instance Profile " + name + " already exists.");
        }
        return CreateInstanceProfileResponse.builder()
                .instanceProfile(full(profile))
                .build();
    }

    GetInstanceProfileResponse get(GetInstanceProfileRequest request) {
        return GetInstanceProfileResponse.builder()
                .instanceProfile(full(entities.profile(request.instanceProfileName())))
                .build();
    }

    ListInstanceProfilesResponse list(ListInstanceProfilesRequest request) {
        Page<InstanceProfileEntity> page = Rendering.page(
                entities.profiles().list().stream()
                        .filter(profile -> Rendering.inPath(profile.entity(), request.pathPrefix()))
                        .toList(),
                profile -> profile.entity().name(),
                request.marker(),
                request.maxItems());
        return ListInstanceProfilesResponse.builder()
                .instanceProfiles(rendered(page))
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    ListInstanceProfilesForRoleResponse listForRole(ListInstanceProfilesForRoleRequest request) {
        entities.role(request.roleName());
        Page<InstanceProfileEntity> page = Rendering.page(
                entities.profilesWith(request.roleName()),
                profile -> profile.entity().name(),
                request.marker(),
                request.maxItems());
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(rendered(page))
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    DeleteInstanceProfileResponse delete(DeleteInstanceProfileRequest request) {
        return entities.exclusively(() -> {
            if (entities.profile(request.instanceProfileName()).roleName() != null) {
                throw Entities.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }
            entities.profiles().remove(request.instanceProfileName());
            return DeleteInstanceProfileResponse.builder().build();
        });
    }

    AddRoleToInstanceProfileResponse addRole(AddRoleToInstanceProfileRequest request) {
        return entities.exclusively(() -> {
            InstanceProfileEntity profile = entities.profile(request.instanceProfileName());
            entities.role(request.roleName());
            if (profile.roleName() != null) {
                throw Entities.limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
            }
            entities.profiles()
                    .put(
                            request.instanceProfileName(),
                            new InstanceProfileEntity(profile.entity(), request.roleName()));
            return AddRoleToInstanceProfileResponse.builder().build();
        });
    }

    RemoveRoleFromInstanceProfileResponse removeRole(RemoveRoleFromInstanceProfileRequest request) {
        return entities.exclusively(() -> {
            InstanceProfileEntity profile = entities.profile(request.instanceProfileName());
            entities.role(request.roleName());
            if (!profile.holds(request.roleName())) {
                throw Entities.noSuchEntity("Role " + request.roleName() + " in instance profile "
                        + request.instanceProfileName() + " cannot be found.");
            }
            entities.profiles().put(request.instanceProfileName(), new InstanceProfileEntity(profile.entity(), null));
            return RemoveRoleFromInstanceProfileResponse.builder().build();
        });
    }

    TagInstanceProfileResponse tag(TagInstanceProfileRequest request) {
        var tags = Entities.tagMap(request.tags());
        return entities.exclusively(() -> {
            InstanceProfileEntity profile = entities.profile(request.instanceProfileName());
            entities.profiles()
                    .put(
                            request.instanceProfileName(),
                            new InstanceProfileEntity(profile.entity().withTags(tags), profile.roleName()));
            return TagInstanceProfileResponse.builder().build();
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
                : entities.roles().find(roleName).stream()
                        .map(role -> Roles.brief(role).build())
                        .toList();
    }

    private InstanceProfile full(InstanceProfileEntity profile) {
        return brief(profile).tags(Rendering.tags(profile.entity().tags())).build();
    }
}
