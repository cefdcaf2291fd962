package dev.resilient.cloud.ec2.instance;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.shape.Members;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImdsSupportValues;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataProtocolState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataTagsState;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** The options of instances' metadata services: their defaults, and how they are changed. */
record MetadataOptions(InstanceTable instances) {
    private static final int MOST_HOPS = 64;

    /** The options that an instance starts with: those of its request over the defaults of its image. */
    static InstanceMetadataOptionsResponse of(RunInstancesRequest request, Image image) {
        boolean tokens = image.imdsSupport() == ImdsSupportValues.V2_0;
        InstanceMetadataOptionsResponse.Builder options = InstanceMetadataOptionsResponse.builder()
                .state(InstanceMetadataOptionsState.APPLIED)
                .httpTokens(tokens ? HttpTokensState.REQUIRED : HttpTokensState.OPTIONAL)
                .httpPutResponseHopLimit(tokens ? 2 : 1)
                .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
                .httpProtocolIpv6(InstanceMetadataProtocolState.DISABLED)
                .instanceMetadataTags(InstanceMetadataTagsState.DISABLED);
        return request.metadataOptions() == null ? options.build() : merged(options, request.metadataOptions());
    }

    ModifyInstanceMetadataOptionsResponse modify(ModifyInstanceMetadataOptionsRequest request) {
        LaunchedInstance instance = instances.get(request.instanceId());
        InstanceMetadataOptionsResponse changed = merged(instance.shown().metadataOptions().toBuilder(), request);
        refuseIf(
                States.isEnding(instance.state()),
                "IncorrectInstanceState",
                "The instance '" + instance.id() + "' is not in a state from which it can be modified.");
        instances.update(instance.id(), now -> now.with(changed));
        return ModifyInstanceMetadataOptionsResponse.builder()
                .instanceId(instance.id())
                .instanceMetadataOptions(changed)
                .build();
    }

    private static InstanceMetadataOptionsResponse merged(
            InstanceMetadataOptionsResponse.Builder options, SdkPojo wanted) {
        InstanceMetadataOptionsResponse result = Members.copy(wanted, options).build();
        int hops = result.httpPutResponseHopLimit();
        refuseIf(
                hops < 1 || hops > MOST_HOPS,
                "Value (" + hops + ") for parameter httpPutResponseHopLimit is invalid. It must be between 1 and 64.");
        return result;
    }
}
