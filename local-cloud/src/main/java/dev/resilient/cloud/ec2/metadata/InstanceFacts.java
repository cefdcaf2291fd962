package dev.resilient.cloud.ec2.metadata;

import dev.resilient.cloud.base.Account;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataTagsState;

/**
 * What an instance can learn about itself.
 *
 * @param instance as EC2 shows it: with its tags, its one network interface, its profile and its metadata options
 * @param reservationId of its launch
 * @param account whose it is
 * @param subnetBlock the addresses of its subnet
 * @param vpcBlock the addresses of its VPC
 * @param userData characters stand for bytes (ISO 8859-1); null for none
 * @param publicKey of the key pair that it was launched with, as in {@code authorized_keys}; null for none
 * @param associated since when it has its profile; null for none
 */
public record InstanceFacts(
        Instance instance,
        String reservationId,
        Account account,
        String subnetBlock,
        String vpcBlock,
        @Nullable String userData,
        @Nullable String publicKey,
        @Nullable Instant associated) {

    /** Whether the metadata service answers at all. */
    boolean isEnabled() {
        return instance.metadataOptions().httpEndpoint() == InstanceMetadataEndpointState.ENABLED;
    }

    /** Whether requests without a token are refused. */
    boolean requiresTokens() {
        return instance.metadataOptions().httpTokens() == HttpTokensState.REQUIRED;
    }

    /** Whether the metadata tell the tags. */
    boolean showsTags() {
        return instance.metadataOptions().instanceMetadataTags() == InstanceMetadataTagsState.ENABLED;
    }
}
