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
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetLaunchTemplateDataRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;

/**
 * Which operation is done by what, and what IAM is asked before.
 *
 * <p>Every operation honours {@code DryRun} and refuses tags whose keys only AWS itself may set.
 */
record Operations(
        OperationRegistry registry,
        Account account,
        Compute compute,
        Networking networking,
        LaunchPlanner.Catalog catalog,
        Tags tags) {

    /** What operations on instances need. */
    record Compute(
            Instances instances,
            InstanceAttributes attributes,
            MetadataOptions metadataOptions,
            ProfileAssociations profiles,
            LaunchTemplateOperations templates,
            KeyPairs keyPairs) {}

    /** What operations on the network need. */
    record Networking(
            NetworkDescriptions network,
            NetworkInterfaces interfaces,
            SecurityGroups groups,
            SecurityGroupRules rules) {}

    void register() {
        registerInstances();
        registerAttributes();
        registerProfiles();
        registerTemplates();
        registerKeyPairs();
        registerNetwork();
        registerAccount();
        registerGroups();
        registerChangesOfRules();
        registerCatalog();
    }

    private void registerInstances() {
        Instances instances = compute.instances();
        on(RunInstancesRequest.class, passing(instances::roleOf, resource("instance", request -> "*")), instances::run);
        on(TerminateInstancesRequest.class, instances(TerminateInstancesRequest::instanceIds), instances::terminate);
        on(StopInstancesRequest.class, instances(StopInstancesRequest::instanceIds), instances::stop);
        on(StartInstancesRequest.class, instances(StartInstancesRequest::instanceIds), instances::start);
        on(RebootInstancesRequest.class, instances(RebootInstancesRequest::instanceIds), instances::reboot);
        on(DescribeInstancesRequest.class, Access.anyResource(), instances::describe);
        on(DescribeInstanceStatusRequest.class, Access.anyResource(), instances::describeStatus);
        on(
                GetConsoleOutputRequest.class,
                resource("instance", GetConsoleOutputRequest::instanceId),
                instances::console);
        on(
                ModifyInstanceMetadataOptionsRequest.class,
                resource("instance", ModifyInstanceMetadataOptionsRequest::instanceId),
                compute.metadataOptions()::modify);
    }

    private void registerAttributes() {
        on(
                DescribeInstanceAttributeRequest.class,
                resource("instance", DescribeInstanceAttributeRequest::instanceId),
                compute.attributes()::describe);
        on(
                ModifyInstanceAttributeRequest.class,
                resource("instance", ModifyInstanceAttributeRequest::instanceId),
                compute.attributes()::modify);
    }

    private void registerKeyPairs() {
        KeyPairs keyPairs = compute.keyPairs();
        on(CreateKeyPairRequest.class, resource("key-pair", CreateKeyPairRequest::keyName), keyPairs::create);
        on(ImportKeyPairRequest.class, resource("key-pair", ImportKeyPairRequest::keyName), keyPairs::importKey);
        on(DeleteKeyPairRequest.class, resource("key-pair", DeleteKeyPairRequest::keyName), keyPairs::delete);
        on(DescribeKeyPairsRequest.class, Access.anyResource(), keyPairs::describe);
    }

    private void registerProfiles() {
        ProfileAssociations profiles = compute.profiles();
        on(
                AssociateIamInstanceProfileRequest.class,
                passing(
                        request -> profiles.roleOf(request.iamInstanceProfile()),
                        resource("instance", AssociateIamInstanceProfileRequest::instanceId)),
                profiles::associate);
        on(
                DisassociateIamInstanceProfileRequest.class,
                resource("instance", request -> profiles.instanceId(request.associationId())),
                profiles::disassociate);
        on(
                ReplaceIamInstanceProfileAssociationRequest.class,
                passing(
                        request -> profiles.roleOf(request.iamInstanceProfile()),
                        resource("instance", request -> profiles.instanceId(request.associationId()))),
                profiles::replace);
        on(DescribeIamInstanceProfileAssociationsRequest.class, Access.anyResource(), profiles::describe);
    }

    private void registerTemplates() {
        LaunchTemplateOperations templates = compute.templates();
        onCall(CreateLaunchTemplateRequest.class, resource("launch-template", request -> "*"), templates::create);
        onCall(
                CreateLaunchTemplateVersionRequest.class,
                resource("launch-template", CreateLaunchTemplateVersionRequest::launchTemplateId),
                templates::createVersion);
        on(
                ModifyLaunchTemplateRequest.class,
                resource("launch-template", ModifyLaunchTemplateRequest::launchTemplateId),
                templates::modify);
        on(
                DeleteLaunchTemplateRequest.class,
                resource("launch-template", DeleteLaunchTemplateRequest::launchTemplateId),
                templates::delete);
        on(
                DeleteLaunchTemplateVersionsRequest.class,
                resource("launch-template", DeleteLaunchTemplateVersionsRequest::launchTemplateId),
                templates::deleteVersions);
        on(
                GetLaunchTemplateDataRequest.class,
                resource("instance", GetLaunchTemplateDataRequest::instanceId),
                templates::dataOf);
        on(DescribeLaunchTemplatesRequest.class, Access.anyResource(), templates::describe);
        on(DescribeLaunchTemplateVersionsRequest.class, Access.anyResource(), templates::describeVersions);
    }

    private void registerNetwork() {
        on(DescribeVpcsRequest.class, Access.anyResource(), networking.network()::vpcs);
        on(DescribeSubnetsRequest.class, Access.anyResource(), networking.network()::subnets);
        on(DescribeAvailabilityZonesRequest.class, Access.anyResource(), networking.network()::zones);
    }

    private void registerAccount() {
        NetworkDescriptions network = networking.network();
        on(DescribeVpcAttributeRequest.class, Access.anyResource(), network::vpcAttribute);
        on(DescribeRegionsRequest.class, Access.anyResource(), network::regions);
        on(DescribeAccountAttributesRequest.class, Access.anyResource(), network::accountAttributes);
        on(DescribeNetworkInterfacesRequest.class, Access.anyResource(), networking.interfaces()::describe);
    }

    private void registerGroups() {
        SecurityGroups groups = networking.groups();
        SecurityGroupRules rules = networking.rules();
        on(CreateSecurityGroupRequest.class, resource("security-group", request -> "*"), groups::create);
        on(
                DeleteSecurityGroupRequest.class,
                resource("security-group", DeleteSecurityGroupRequest::groupId),
                groups::delete);
        on(DescribeSecurityGroupsRequest.class, Access.anyResource(), groups::describe);
        on(DescribeSecurityGroupRulesRequest.class, Access.anyResource(), groups.descriptions()::rules);
        on(
                AuthorizeSecurityGroupIngressRequest.class,
                resource("security-group", AuthorizeSecurityGroupIngressRequest::groupId),
                rules::authorizeIngress);
        on(
                AuthorizeSecurityGroupEgressRequest.class,
                resource("security-group", AuthorizeSecurityGroupEgressRequest::groupId),
                rules::authorizeEgress);
        on(
                RevokeSecurityGroupIngressRequest.class,
                resource("security-group", RevokeSecurityGroupIngressRequest::groupId),
                rules::revokeIngress);
        on(
                RevokeSecurityGroupEgressRequest.class,
                resource("security-group", RevokeSecurityGroupEgressRequest::groupId),
                rules::revokeEgress);
    }

    private void registerChangesOfRules() {
        SecurityGroupRules rules = networking.rules();
        on(
                ModifySecurityGroupRulesRequest.class,
                resource("security-group", ModifySecurityGroupRulesRequest::groupId),
                rules::modify);
        on(
                UpdateSecurityGroupRuleDescriptionsIngressRequest.class,
                resource("security-group", UpdateSecurityGroupRuleDescriptionsIngressRequest::groupId),
                rules::describeIngress);
        on(
                UpdateSecurityGroupRuleDescriptionsEgressRequest.class,
                resource("security-group", UpdateSecurityGroupRuleDescriptionsEgressRequest::groupId),
                rules::describeEgress);
    }

    private void registerCatalog() {
        on(CreateTagsRequest.class, tagged(CreateTagsRequest::resources), tags::create);
        on(DeleteTagsRequest.class, tagged(DeleteTagsRequest::resources), tags::delete);
        on(DescribeTagsRequest.class, Access.anyResource(), tags::describe);
        on(DescribeImagesRequest.class, Access.anyResource(), catalog.images()::describe);
        on(DescribeInstanceTypesRequest.class, Access.anyResource(), catalog.types()::types);
        on(DescribeInstanceTypeOfferingsRequest.class, Access.anyResource(), catalog.types()::offerings);
    }

    private <I extends Ec2Request, O extends Ec2Response> void on(
            Class<I> type, Access<? super I> access, Function<I, O> operation) {
        onCall(type, access, (request, call) -> operation.apply(request));
    }

    private <I extends Ec2Request, O extends Ec2Response> void onCall(
            Class<I> type, Access<? super I> access, Handler<I, O> operation) {
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
