package dev.resilient.cloud.iam;

import dev.resilient.policy.PolicyDocument;
import dev.resilient.wire.shape.Members;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * A user, a role, a managed policy or an instance profile.
 *
 * @param shape all that the API shows of it by itself
 * @param document of a policy what it says, of a role who may assume it
 * @param attached the ARNs of the managed policies of a user or role
 * @param inline the policies written into a user or role, by name
 */
record Entity(
        Kind kind,
        SdkPojo shape,
        Optional<PolicyDocument> document,
        SortedSet<String> attached,
        SortedMap<String, PolicyDocument> inline) {

    /** Keeps its own copies. */
    Entity {
        attached = Collections.unmodifiableSortedSet(new TreeSet<>(attached));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    }

    /** One that nobody has given any policy. */
    Entity(Kind kind, SdkPojo shape, Optional<PolicyDocument> document) {
        this(kind, shape, document, new TreeSet<>(), new TreeMap<>());
    }

    /** What it is found by among those of its kind: its name, of a policy the ARN. */
    String key() {
        return kind == Kind.POLICY ? arn() : name();
    }

    String name() {
        return text(kind.title() + "Name");
    }

    /** Unique for ever, also among later entities of the same name. */
    String id() {
        return text(kind.title() + "Id");
    }

    String arn() {
        return text("Arn");
    }

    String path() {
        return text("Path");
    }

    /** The value of a member that it has. */
    String text(String member) {
        return Members.get(shape, member, String.class).orElseThrow();
    }

    List<Tag> tags() {
        return Members.list(shape, "Tags", Tag.class);
    }

    /** The ARN of the policy that says what it may do at most, if one does. */
    Optional<String> boundary() {
        return Members.get(shape, "PermissionsBoundary", AttachedPermissionsBoundary.class)
                .map(AttachedPermissionsBoundary::permissionsBoundaryArn);
    }

    /** Whether it is one of AWS's own, which nobody can change. */
    boolean isOfAws() {
        return arn().startsWith(AwsManagedPolicies.ARN_PREFIX);
    }

    /** The same with another value of a member; null for none. */
    Entity with(String member, @Nullable Object value) {
        return new Entity(kind, Members.with(shape, member, value), document, attached, inline);
    }

    /** The same within other bounds; null for none. */
    Entity within(@Nullable String policyArn) {
        return with(
                "PermissionsBoundary",
                policyArn == null
                        ? null
                        : AttachedPermissionsBoundary.builder()
                                .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
                                .permissionsBoundaryArn(policyArn)
                                .build());
    }

    /** The same with another document. */
    Entity with(PolicyDocument changed) {
        return new Entity(kind, shape, Optional.of(changed), attached, inline);
    }

    Entity changeAttached(Consumer<SortedSet<String>> change) {
        SortedSet<String> changed = new TreeSet<>(attached);
        change.accept(changed);
        return new Entity(kind, shape, document, changed, inline);
    }

    Entity changeInline(Consumer<SortedMap<String, PolicyDocument>> change) {
        SortedMap<String, PolicyDocument> changed = new TreeMap<>(inline);
        change.accept(changed);
        return new Entity(kind, shape, document, attached, changed);
    }
}
