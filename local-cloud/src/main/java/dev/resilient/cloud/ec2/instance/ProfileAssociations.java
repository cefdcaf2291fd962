package dev.resilient.cloud.ec2.instance;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.request.Errors;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationResponse;

/** Which instance has which instance profile; at most one each. Thread-safe. */
record ProfileAssociations(CloudContext cloud, InstanceTable instances, RoleDirectory roles) {
    private static final Duration ASSOCIATING = Duration.ofSeconds(1);
    private static final String KIND = "instance";
    private static final String ID = "InstanceId";
    private static final FilterSet<IamInstanceProfileAssociation> FILTERS =
            FilterSet.of(IamInstanceProfileAssociation.builder(), "instance-id state");

    /**
     * An association.
     *
     * @param made as EC2 shows it while it is {@code associating}
     * @param established when it is {@code associated}
     */
    record Association(IamInstanceProfileAssociation made, Instant established) {
        IamInstanceProfile profile() {
            return made.iamInstanceProfile();
        }

        IamInstanceProfileAssociation in(IamInstanceProfileAssociationState state) {
            return made.toBuilder().state(state).build();
        }
    }

    void register(Registrar registrar) {
        registrar.on(
                AssociateIamInstanceProfileRequest.class,
                passing(request -> roleOf(request.iamInstanceProfile()), registrar.resources(KIND, ID)),
                this::associate);
        registrar.on(
                DisassociateIamInstanceProfileRequest.class,
                associated(registrar, DisassociateIamInstanceProfileRequest::associationId),
                this::disassociate);
        registrar.on(
                ReplaceIamInstanceProfileAssociationRequest.class,
                passing(
                        request -> roleOf(request.iamInstanceProfile()),
                        associated(registrar, ReplaceIamInstanceProfileAssociationRequest::associationId)),
                this::replace);
        registrar.describe(DescribeIamInstanceProfileAssociationsRequest.class, this::describe);
    }

    /** The instance of an association; any instance if there is no such association. */
    private <I> Access<I> associated(Registrar registrar, Function<I, String> associationId) {
        return Access.resource(request -> {
            String instanceId = instanceId(associationId.apply(request)).orElse("*");
            return registrar.account().arn("ec2", KIND + "/" + instanceId);
        });
    }

    /** Whoever hands a role to an instance must be allowed to pass it, else anyone could raise their own permissions. */
    static <I> Access<I> passing(Function<I, Optional<String>> roleArn, Access<? super I> access) {
        return request -> Stream.concat(
                        access.of(request).stream(),
                        roleArn.apply(request).stream()
                                .map(arn -> new Access.Question(
                                        "iam:PassRole", arn, Map.of("iam:PassedToService", "ec2.amazonaws.com"))))
                .toList();
    }

    /**
     * The profile that a request names by ARN or by name.
     *
     * @throws ServiceError {@code InvalidParameterValue} if IAM has no such profile
     */
    IamInstanceProfile resolve(IamInstanceProfileSpecification wanted) {
        boolean byArn = wanted.arn() != null;
        ServiceError.refuseIf(
                byArn && wanted.name() != null,
                "InvalidParameterCombination",
                "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'");
        String named = named(wanted)
                .orElseThrow(() -> ServiceError.badRequest(
                        "MissingParameter", "The request must contain the parameter iamInstanceProfile.name or .arn"));
        return roles.instanceProfile(named)
                .map(profile -> IamInstanceProfile.builder()
                        .arn(profile.arn())
                        .id(profile.id())
                        .build())
                .orElseThrow(() -> Errors.invalid(
                        "Value (%s) for parameter iamInstanceProfile.%s is invalid. Invalid IAM Instance Profile %s"
                                .formatted(named, byArn ? "arn" : "name", byArn ? "ARN" : "name")));
    }

    private static Optional<String> named(IamInstanceProfileSpecification wanted) {
        return Optional.ofNullable(wanted.arn()).or(() -> Optional.ofNullable(wanted.name()));
    }

    /** The ARN of the role that instances with this profile get now; empty if there is none. */
    Optional<String> roleOf(IamInstanceProfileSpecification wanted) {
        return named(wanted)
                .flatMap(roles::instanceProfile)
                .flatMap(profile -> Optional.ofNullable(profile.roleName()))
                .flatMap(roles::role)
                .map(RoleDirectory.AssumableRole::arn);
    }

    /** The instance of an association; empty if there is no such association. */
    Optional<String> instanceId(String associationId) {
        return find(associationId).map(association -> association.made().instanceId());
    }

    /** Associates an instance, from now on. */
    Association associate(String instanceId, IamInstanceProfile profile) {
        Instant now = cloud.time().instant();
        IamInstanceProfileAssociation made = IamInstanceProfileAssociation.builder()
                .associationId(cloud.ids().resource("iip-assoc"))
                .instanceId(instanceId)
                .iamInstanceProfile(profile)
                .state(IamInstanceProfileAssociationState.ASSOCIATING)
                .timestamp(now)
                .build();
        return new Association(made, now.plus(cloud.provisioning("profile association", ASSOCIATING)));
    }

    AssociateIamInstanceProfileResponse associate(AssociateIamInstanceProfileRequest request) {
        LaunchedInstance instance = instances.get(request.instanceId());
        Association made = associate(instance.id(), resolve(request.iamInstanceProfile()));
        instances.update(instance.id(), now -> {
            refuseIf(States.isEnding(now.state()), () -> incorrectState(now));
            refuseIf(
                    now.association() != null,
                    "IncorrectState",
                    "There is an existing association for instance " + now.id());
            return now.with(made);
        });
        return AssociateIamInstanceProfileResponse.builder()
                .iamInstanceProfileAssociation(made.made())
                .build();
    }

    DisassociateIamInstanceProfileResponse disassociate(DisassociateIamInstanceProfileRequest request) {
        Association last = get(request.associationId());
        instances.update(last.made().instanceId(), now -> now.with((Association) null));
        return DisassociateIamInstanceProfileResponse.builder()
                .iamInstanceProfileAssociation(last.in(IamInstanceProfileAssociationState.DISASSOCIATING))
                .build();
    }

    /** The instance sees its new profile at once; the association gets a new id, as in EC2. */
    ReplaceIamInstanceProfileAssociationResponse replace(ReplaceIamInstanceProfileAssociationRequest request) {
        String instanceId = get(request.associationId()).made().instanceId();
        Association after = associate(instanceId, resolve(request.iamInstanceProfile()));
        instances.update(instanceId, now -> {
            refuseIf(now.state() != InstanceStateName.RUNNING, () -> incorrectState(now));
            return now.with(after);
        });
        return ReplaceIamInstanceProfileAssociationResponse.builder()
                .iamInstanceProfileAssociation(after.made())
                .build();
    }

    DescribeIamInstanceProfileAssociationsResponse describe(DescribeIamInstanceProfileAssociationsRequest request) {
        Stream<Association> chosen = request.associationIds().isEmpty()
                ? all()
                : request.associationIds().stream().map(this::get);
        Instant now = cloud.time().instant();
        return FILTERS.answer(
                request,
                DescribeIamInstanceProfileAssociationsResponse.builder(),
                chosen.map(each -> each.in(
                                now.isBefore(each.established())
                                        ? IamInstanceProfileAssociationState.ASSOCIATING
                                        : IamInstanceProfileAssociationState.ASSOCIATED))
                        .toList(),
                IamInstanceProfileAssociation::associationId);
    }

    private Association get(String id) {
        return find(id).orElseThrow(() -> ServiceError.badRequest(
                "InvalidAssociationID.NotFound", "An invalid association-id of '" + id + "' was given"));
    }

    private Optional<Association> find(String id) {
        return all().filter(association -> association.made().associationId().equals(id))
                .findFirst();
    }

    private Stream<Association> all() {
        return instances.list().stream().map(LaunchedInstance::association).flatMap(Stream::ofNullable);
    }

    private static ServiceError incorrectState(LaunchedInstance instance) {
        return ServiceError.badRequest(
                "IncorrectInstanceState", "The instance '" + instance.id() + "' is not in the 'running' state.");
    }
}
