package dev.resilient.cloud.ec2.instance;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.instance.InstanceProfiles.Profile;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AssociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.AssociateIamInstanceProfileResponse;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileResponse;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociation;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociationState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationResponse;

/** Which instance has which instance profile; at most one each. Thread-safe. */
final class ProfileAssociations {
    private static final Duration ASSOCIATING = Duration.ofSeconds(1);

    private final ResourceMap<Association> associations;
    private final InstanceTable instances;
    private final InstanceProfiles profiles;
    private final CloudContext cloud;
    private final FilterSet<Association> filters = new FilterSet<Association>()
            .on("instance-id", Association::instanceId)
            .on("state", this::state);

    ProfileAssociations(CloudContext cloud, InstanceTable instances, InstanceProfiles profiles) {
        this.associations = cloud.store().passing("ec2.profile-associations");
        this.instances = instances;
        this.profiles = profiles;
        this.cloud = cloud;
    }

    /**
     * An association; it is keyed by the instance, so that there cannot be two.
     *
     * @param since when it was made
     * @param established when it is no longer {@code associating}
     */
    record Association(String id, String instanceId, Profile profile, Instant since, Instant established) {}

    /** The association of an instance. */
    Optional<Association> of(String instanceId) {
        return associations.find(instanceId);
    }

    /**
     * The profile that a request names by ARN or by name.
     *
     * @throws ServiceError {@code InvalidParameterValue} if IAM has no such profile
     */
    Profile resolve(IamInstanceProfileSpecification wanted) {
        String arn = wanted.arn();
        String name = wanted.name();
        if (arn != null && name != null) {
            throw ServiceError.badRequest(
                    "InvalidParameterCombination",
                    "The parameter 'iamInstanceProfile.name' may not be used in combination with"
                            + " 'iamInstanceProfile.arn'");
        }
        if (arn != null) {
            return profiles.findByArn(arn).orElseThrow(() -> invalid(arn, "arn", "ARN"));
        }
        if (name != null) {
            return profiles.findByName(name).orElseThrow(() -> invalid(name, "name", "name"));
        }
        throw ServiceError.badRequest(
                "MissingParameter", "The request must contain the parameter iamInstanceProfile.name or .arn");
    }

    /** The ARN of the role that instances with this profile get now; empty if there is none. */
    Optional<String> roleOf(IamInstanceProfileSpecification wanted) {
        try {
            return profiles.roleIn(resolve(wanted).arn());
        } catch (ServiceError wrong) {
            return Optional.empty(); // The operation itself says so, to a caller who may call it.
        }
    }

    /** The instance of an association; empty if there is no such association. */
    Optional<String> instanceId(String associationId) {
        return associations.list().stream()
                .filter(association -> association.id().equals(associationId))
                .map(Association::instanceId)
                .findFirst();
    }

    /** Associates an instance that is being launched. */
    void launch(String instanceId, Profile profile) {
        associations.create(instanceId, association(instanceId, profile));
    }

    /** Forgets the association of an instance that is terminated. */
    void remove(String instanceId) {
        associations.remove(instanceId);
    }

    AssociateIamInstanceProfileResponse associate(AssociateIamInstanceProfileRequest request) {
        LaunchedInstance instance = instances.get(request.instanceId());
        Association made = association(instance.id(), resolve(request.iamInstanceProfile()));
        refuseIf(instance.state().isEnding(), () -> incorrectState(instance));
        refuseIf(
                !associations.create(instance.id(), made),
                () -> ServiceError.badRequest(
                        "IncorrectState", "There is an existing association for instance " + instance.id()));
        return AssociateIamInstanceProfileResponse.builder()
                .iamInstanceProfileAssociation(render(made, IamInstanceProfileAssociationState.ASSOCIATING))
                .build();
    }

    DisassociateIamInstanceProfileResponse disassociate(DisassociateIamInstanceProfileRequest request) {
        Association last = byId(request.associationId());
        associations.remove(last.instanceId());
        return DisassociateIamInstanceProfileResponse.builder()
                .iamInstanceProfileAssociation(render(last, IamInstanceProfileAssociationState.DISASSOCIATING))
                .build();
    }

    /** The instance sees its new profile at once; the association gets a new id, as in EC2. */
    ReplaceIamInstanceProfileAssociationResponse replace(ReplaceIamInstanceProfileAssociationRequest request) {
        Association before = byId(request.associationId());
        LaunchedInstance instance = instances.get(before.instanceId());
        refuseIf(instance.state() != InstanceState.RUNNING, () -> incorrectState(instance));
        Association after = association(instance.id(), resolve(request.iamInstanceProfile()));
        associations.update(instance.id(), replaced -> after);
        return ReplaceIamInstanceProfileAssociationResponse.builder()
                .iamInstanceProfileAssociation(render(after, IamInstanceProfileAssociationState.ASSOCIATING))
                .build();
    }

    DescribeIamInstanceProfileAssociationsResponse describe(DescribeIamInstanceProfileAssociationsRequest request) {
        List<Association> chosen = request.associationIds().isEmpty()
                ? associations.list()
                : request.associationIds().stream().map(this::byId).toList();
        return filters.answer(
                request,
                DescribeIamInstanceProfileAssociationsResponse.builder(),
                chosen,
                Association::id,
                each -> render(each, state(each)));
    }

    private Association association(String instanceId, Profile profile) {
        Instant now = cloud.time().instant();
        Duration associating = cloud.provisioning("profile association", ASSOCIATING);
        return new Association(cloud.ids().resource("iip-assoc"), instanceId, profile, now, now.plus(associating));
    }

    private IamInstanceProfileAssociationState state(Association association) {
        return cloud.time().instant().isBefore(association.established())
                ? IamInstanceProfileAssociationState.ASSOCIATING
                : IamInstanceProfileAssociationState.ASSOCIATED;
    }

    private Association byId(String id) {
        return associations.list().stream()
                .filter(association -> association.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidAssociationID.NotFound", "An invalid association-id of '" + id + "' was given"));
    }

    private static ServiceError incorrectState(LaunchedInstance instance) {
        return ServiceError.badRequest(
                "IncorrectInstanceState", "The instance '" + instance.id() + "' is not in the 'running' state.");
    }

    private static ServiceError invalid(String value, String parameter, String what) {
        return ServiceError.badRequest(
                "InvalidParameterValue",
                "Value (%s) for parameter iamInstanceProfile.%s is invalid. Invalid IAM Instance Profile %s"
                        .formatted(value, parameter, what));
    }

    private static IamInstanceProfileAssociation render(
            Association association, IamInstanceProfileAssociationState state) {
        return IamInstanceProfileAssociation.builder()
                .associationId(association.id())
                .instanceId(association.instanceId())
                .iamInstanceProfile(IamInstanceProfile.builder()
                        .arn(association.profile().arn())
                        .id(association.profile().id())
                        .build())
                .state(state)
                .timestamp(association.since())
                .build();
    }
}
