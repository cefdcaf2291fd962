package dev.resilient.cloud.iam;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.User;

/** A kind of IAM's entities. */
@SuppressWarnings("ImmutableEnumChecker") // shapes are immutable
enum Kind {
    USER(
            User.builder().build(),
            "user",
            "AIDA",
            "The user with name %s cannot be found.",
            "User with name %s already exists.",
            "PermissionsBoundary"),
    ROLE(
            Role.builder().build(),
            "role",
            "AROA",
            "The role with name %s cannot be found.",
            "Role with name %s already exists.",
            "PermissionsBoundary",
            "RoleLastUsed"),
    POLICY(
            Policy.builder().build(),
            "policy",
            "ANPA",
            "Policy %s was not found.",
            "A policy called %s already exists. Duplicate names are not allowed.",
            "Description"),
    INSTANCE_PROFILE(
            InstanceProfile.builder().build(),
            "instance-profile",
            "AIPA",
            "Instance Profile %s cannot be found.",
            "Instance Profile %s already exists.");

    private final SdkPojo nothing;
    private final String resource;
    private final String idPrefix;
    private final String missing;
    private final String taken;
    private final List<String> unlisted;

    Kind(SdkPojo nothing, String resource, String idPrefix, String missing, String taken, String... unlisted) {
        this.nothing = nothing;
        this.resource = resource;
        this.idPrefix = idPrefix;
        this.missing = missing;
        this.taken = taken;
        this.unlisted = List.of(unlisted);
    }

    /** The SDK's shape of such an entity, without any member. */
    SdkPojo nothing() {
        return nothing;
    }

    /** As in the names of operations, members and quotas: {@code InstanceProfile}. */
    String title() {
        return nothing.getClass().getSimpleName();
    }

    /** What the ARNs of this kind begin with, behind the account: {@code instance-profile}. */
    String resource() {
        return resource;
    }

    /** What their ids begin with. */
    String idPrefix() {
        return idPrefix;
    }

    ServiceError missing(String name) {
        return Entities.noSuchEntity(missing.formatted(name));
    }

    ServiceError taken(String name) {
        return ServiceError.conflict("EntityAlreadyExists", taken.formatted(name));
    }

    /** A shape as lists show it: without its tags, among others. */
    SdkPojo listed(SdkPojo shape) {
        Map<String, @Nullable Object> left = new HashMap<>();
        left.put("Tags", null);
        unlisted.forEach(member -> left.put(member, null));
        return Members.with(shape, left);
    }

    /** The name, of a policy the ARN, of the entity of this kind that a request means, if it names one. */
    Optional<String> named(IamRequest request) {
        return Members.get(request, this == POLICY ? "PolicyArn" : title() + "Name", String.class);
    }
}
