package dev.resilient.cloud.ec2;

import dev.resilient.cloud.base.Account;
import dev.resilient.wire.Access;
import dev.resilient.wire.Handler;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AssociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/**
 * Which operation is done by what, and what IAM is asked before.
 *
 * <p>Every operation honours {@code DryRun} and refuses tags whose keys only AWS itself may set.
 */
record Operations(Account account, Compute compute, Networking networking, LaunchPlanner.Catalog catalog, Tags tags) {

    /** What operations on instances need. */
    record Compute(
            Instances instances,
            MetadataOptions metadataOptions,
            ProfileAssociations profiles,
            LaunchTemplateOperations templates) {}

    /** What operations on the network need. */
    record Networking(NetworkDescriptions network, SecurityGroups groups, SecurityGroupRules rules) {}

    void register(OperationRegistry registry) {
        registerInstances(registry);
        registerProfiles(registry);
        registerTemplates(registry);
        registerNetwork(registry);
        registerGroups(registry);
        registerCatalog(registry);
    }

    private void registerInstances(OperationRegistry registry) {
        Instances instances = compute.instances();
        on(
                registry,
                RunInstancesRequest.class,
                passing(instances::roleOf, resource("instance", request -> "*")),
                instances::run);
        on(
                registry,
                TerminateInstancesRequest.class,
                instances(TerminateInstancesRequest::instanceIds),
                instances::terminate);
        on(registry, StopInstancesRequest.class, instances(StopInstancesRequest::instanceIds), instances::stop);
        on(registry, StartInstancesRequest.class, instances(StartInstancesRequest::instanceIds), instances::start);
        on(registry, RebootInstancesRequest.class, instances(RebootInstancesRequest::instanceIds), instances::reboot);
        on(registry, DescribeInstancesRequest.class, Access.anyResource(), instances::describe);
        on(registry, DescribeInstanceStatusRequest.class, Access.anyResource(), instances::describeStatus);
        on(
                registry,
                GetConsoleOutputRequest.class,
                resource("instance", GetConsoleOutputRequest::instanceId),
                instances::console);
        on(
                registry,
                ModifyInstanceMetadataOptionsRequest.class,
                resource("instance", ModifyInstanceMetadataOptionsRequest::instanceId),
                compute.metadataOptions()::modify);
    }

    private void registerProfiles(OperationRegistry registry) {
        ProfileAssociations profiles = compute.profiles();
        on(
                registry,
                AssociateIamInstanceProfileRequest.class,
                passing(
                        request -> profiles.roleOf(request.iamInstanceProfile()),
                        resource("instance", AssociateIamInstanceProfileRequest::instanceId)),
                profiles::associate);
        on(
                registry,
                DisassociateIamInstanceProfileRequest.class,
                resource("instance", request -> profiles.instanceId(request.associationId())),
                profiles::disassociate);
        on(
                registry,
                ReplaceIamInstanceProfileAssociationRequest.class,
                passing(
                        request -> profiles.roleOf(request.iamInstanceProfile()),
                        resource("instance", request -> profiles.instanceId(request.associationId()))),
                profiles::replace);
        on(registry, DescribeIamInstanceProfileAssociationsRequest.class, Access.anyResource(), profiles::describe);
    }

    private void registerTemplates(OperationRegistry registry) {
        LaunchTemplateOperations templates = compute.templates();
        onCall(
                registry,
                CreateLaunchTemplateRequest.class,
                resource("launch-template", request -> "*"),
                templates::create);
        onCall(
                registry,
                CreateLaunchTemplateVersionRequest.class,
                resource("launch-template", CreateLaunchTemplateVersionRequest::launchTemplateId),
                templates::createVersion);
        on(
                registry,
                ModifyLaunchTemplateRequest.class,
                resource("launch-template", ModifyLaunchTemplateRequest::launchTemplateId),
                templates::modify);
        on(
                registry,
                DeleteLaunchTemplateRequest.class,
                resource("launch-template", DeleteLaunchTemplateRequest::launchTemplateId),
                templates::delete);
        on(
                registry,
                DeleteLaunchTemplateVersionsRequest.class,
                resource("launch-template", DeleteLaunchTemplateVersionsRequest::launchTemplateId),
                templates::deleteVersions);
        on(registry, DescribeLaunchTemplatesRequest.class, Access.anyResource(), templates::describe);
        on(registry, DescribeLaunchTemplateVersionsRequest.class, Access.anyResource(), templates::describeVersions);
    }

    private void registerNetwork(OperationRegistry registry) {
        on(registry, DescribeVpcsRequest.class, Access.anyResource(), networking.network()::vpcs);
        on(registry, DescribeSubnetsRequest.class, Access.anyResource(), networking.network()::subnets);
        on(registry, DescribeAvailabilityZonesRequest.class, Access.anyResource(), networking.network()::zones);
    }

    private void registerGroups(OperationRegistry registry) {
        SecurityGroups groups = networking.groups();
        SecurityGroupRules rules = networking.rules();
        on(registry, CreateSecurityGroupRequest.class, resource("security-group", request -> "*"), groups::create);
        on(
                registry,
                DeleteSecurityGroupRequest.class,
                resource("security-group", DeleteSecurityGroupRequest::groupId),
                groups::delete);
        on(registry, DescribeSecurityGroupsRequest.class, Access.anyResource(), groups::describe);
        on(registry, DescribeSecurityGroupRulesRequest.class, Access.anyResource(), groups.descriptions()::rules);
        on(
                registry,
                AuthorizeSecurityGroupIngressRequest.class,
                resource("security-group", AuthorizeSecurityGroupIngressRequest::groupId),
                rules::authorizeIngress);
        on(
                registry,
                AuthorizeSecurityGroupEgressRequest.class,
                resource("security-group", AuthorizeSecurityGroupEgressRequest::groupId),
                rules::authorizeEgress);
        on(
                registry,
                RevokeSecurityGroupIngressRequest.class,
                resource("security-group", RevokeSecurityGroupIngressRequest::groupId),
                rules::revokeIngress);
        on(
                registry,
                RevokeSecurityGroupEgressRequest.class,
                resource("security-group", RevokeSecurityGroupEgressRequest::groupId),
                rules::revokeEgress);
    }

    private void registerCatalog(OperationRegistry registry) {
        on(registry, CreateTagsRequest.class, tagged(CreateTagsRequest::resources), tags::create);
        on(registry, DeleteTagsRequest.class, tagged(DeleteTagsRequest::resources), tags::delete);
        on(registry, DescribeTagsRequest.class, Access.anyResource(), tags::describe);
        on(registry, DescribeImagesRequest.class, Access.anyResource(), catalog.images()::describe);
        on(registry, DescribeInstanceTypesRequest.class, Access.anyResource(), catalog.types()::types);
        on(registry, DescribeInstanceTypeOfferingsRequest.class, Access.anyResource(), catalog.types()::offerings);
    }

    private static <I extends Ec2Request, O extends Ec2Response> void on(
            OperationRegistry registry, Class<I> type, Access<? super I> access, Function<I, O> operation) {
        onCall(registry, type, access, (request, call) -> operation.apply(request));
    }

    private static <I extends Ec2Request, O extends Ec2Response> void onCall(
            OperationRegistry registry, Class<I> type, Access<? super I> access, Handler<I, O> operation) {
        registry.<I, O>register(type, access, (request, call) -> {
            check(request);
            return operation.handle(request, call);
        });
    }

    /** What holds for every operation. A dry run ends where IAM has allowed the call. */
    private static void check(Ec2Request request) {
        if (request.getValueForField("DryRun", Boolean.class).orElse(false)) {
            throw new ServiceError("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
        }
        request.getValueForField("TagSpecifications", List.class).ifPresent(Operations::refuseReserved);
    }

    private static void refuseReserved(List<?> specifications) {
        for (Object each : specifications) {
            if (each instanceof TagSpecification specification) {
                Tags.refuseReserved(specification.tags());
            }
        }
    }

    /** One resource of a kind; a request that names it otherwise than by id, null, is asked about any of that kind. */
    private <I> Access<I> resource(String type, Function<I, @Nullable String> id) {
        return Access.resource(request -> {
            String named = id.apply(request);
            return account.arn("ec2", type + "/" + (named == null ? "*" : named));
        });
    }

    /** Whoever hands a role to an instance must be allowed to pass it, else anyone could raise their own permissions. */
    private static <I> Access<I> passing(Function<I, Optional<String>> roleArn, Access<I> access) {
        return request -> Stream.concat(
                        access.of(request).stream(),
                        roleArn.apply(request).stream()
                                .map(arn -> new Access.Question(
                                        "iam:PassRole", arn, Map.of("iam:PassedToService", "ec2.amazonaws.com"))))
                .toList();
    }

    private <I> Access<I> instances(Function<I, List<String>> ids) {
        return Access.resources(request -> ids.apply(request).stream()
                .map(id -> account.arn("ec2", "instance/" + id))
                .toList());
    }

    private <I> Access<I> tagged(Function<I, List<String>> ids) {
        return Access.resources(request -> ids.apply(request).stream()
                .map(id -> account.arn("ec2", tags.typeOf(id) + "/" + id))
                .toList());
    }
}
