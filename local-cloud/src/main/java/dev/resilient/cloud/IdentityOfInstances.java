package dev.resilient.cloud;

import dev.resilient.cloud.ec2.instance.InstanceProfiles;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.cloud.sts.RoleCredentials;
import dev.resilient.cloud.sts.RoleSessions;
import java.util.Optional;

/** What EC2 and its metadata service need of IAM and STS. */
record IdentityOfInstances(RoleDirectory roles, RoleSessions sessions)
        implements InstanceProfiles, InstanceCredentials {

    @Override
    public Optional<Profile> findByName(String name) {
        return find(name);
    }

    @Override
    public Optional<Profile> findByArn(String arn) {
        return find(arn);
    }

    @Override
    public Optional<String> roleIn(String profileArn) {
        return roles.instanceProfile(profileArn)
                .flatMap(profile -> Optional.ofNullable(profile.roleName()))
                .flatMap(roles::role)
                .map(RoleDirectory.AssumableRole::arn);
    }

    @Override
    public Answer of(String profileArn, String instanceId) {
        return switch (sessions.ofInstance(profileArn, instanceId)) {
            case RoleCredentials.Issued key ->
                new InstanceCredentials.Issued(
                        key.roleName(),
                        key.accessKeyId(),
                        key.secretAccessKey(),
                        key.token(),
                        key.lastUpdated(),
                        key.expiration());
            case RoleCredentials.NotTrusted refusal ->
                new Refused(refusal.roleName(), refusal.code(), refusal.message(), refusal.lastUpdated());
            case RoleCredentials.NoRole none -> new InstanceCredentials.NoRole();
            case RoleCredentials.NoProfile none -> new InstanceCredentials.NoRole();
        };
    }

    private Optional<Profile> find(String nameOrArn) {
        return roles.instanceProfile(nameOrArn).map(profile -> new Profile(profile.arn(), profile.id()));
    }
}
