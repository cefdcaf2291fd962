package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** The instance profile, which hands a role of its own name to an instance. */
final class AccessProfile extends AccessPart<InstanceProfile> {

    AccessProfile(Environment environment, String name) {
        super(environment, "instance profile", name);
    }

    /** Puts the role into it if it has none. */
    void fill() {
        if (eventually("the instance profile can be read", this::get).roles().isEmpty()) {
            addRole();
        }
    }

    private void addRole() {
        try {
            eventually(
                    "the role can be added to the instance profile",
                    () -> iam.addRoleToInstanceProfile(
                            request -> request.instanceProfileName(name).roleName(name)));
        } catch (LimitExceededException full) {
            // A profile holds one role. It may be this one, added by a call whose answer never came.
            if (get().roles().stream().noneMatch(role -> role.roleName().equals(name))) {
                throw full;
            }
        }
    }

    @Override
    InstanceProfile get() {
        return iam.getInstanceProfile(request -> request.instanceProfileName(name))
                .instanceProfile();
    }

    @Override
    List<Tag> tags(InstanceProfile found) {
        return found.tags();
    }

    @Override
    void make(List<Tag> tags) {
        iam.createInstanceProfile(request -> request.instanceProfileName(name).tags(tags));
    }

    @Override
    void remove() {
        for (Role role : get().roles()) {
            ifThere(() -> iam.removeRoleFromInstanceProfile(
                    request -> request.instanceProfileName(name).roleName(role.roleName())));
        }
        iam.deleteInstanceProfile(request -> request.instanceProfileName(name));
    }
}
