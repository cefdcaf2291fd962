package dev.resilient.recommendation;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.imds.Ec2MetadataClient;

/**
 * Which instance this is.
 *
 * @param instanceId as in {@code i-0e4b7104cfaf8e056}
 * @param availabilityZone as in {@code us-west-2a}
 * @param region as in {@code us-west-2}
 */
record InstanceIdentity(String instanceId, String availabilityZone, String region) {

    /**
     * Asks the instance metadata service, version 2, where {@code AWS_EC2_METADATA_SERVICE_ENDPOINT} says it is.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if it does not answer, also when asked again
     */
    static InstanceIdentity read(SdkHttpClient http) {
        try (Ec2MetadataClient metadata =
                Ec2MetadataClient.builder().httpClient(http).build()) {
            return new InstanceIdentity(
                    metadata.get("/latest/meta-data/instance-id").asString(),
                    metadata.get("/latest/meta-data/placement/availability-zone")
                            .asString(),
                    metadata.get("/latest/meta-data/placement/region").asString());
        }
    }
}
