package dev.resilient.recommendation;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.imds.Ec2MetadataClient;
import software.amazon.awssdk.imds.Ec2MetadataRetryPolicy;

/**
 * Which instance this is.
 *
 * @param instanceId as in {@code i-0e4b7104cfaf8e056}
 * @param availabilityZone as in {@code us-west-2a}
 * @param region as in {@code us-west-2}
 */
record InstanceIdentity(String instanceId, String availabilityZone, String region) {

    /** More than ten seconds, since nobody starts a server again that gave up while its machine was booting. */
    private static final Ec2MetadataRetryPolicy PATIENT =
            Ec2MetadataRetryPolicy.builder().numRetries(8).build();

    /**
     * Asks the instance metadata service, version 2, where {@code AWS_EC2_METADATA_SERVICE_ENDPOINT} says it is; again, after
     * longer and longer pauses, where it does not answer, or with an error of its own.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if it refuses, or has not answered by then
     */
    static InstanceIdentity read(SdkHttpClient http) {
        try (Ec2MetadataClient metadata = Ec2MetadataClient.builder()
                .httpClient(http)
                .retryPolicy(PATIENT)
                .build()) {
            return new InstanceIdentity(
                    metadata.get("/latest/meta-data/instance-id").asString(),
                    metadata.get("/latest/meta-data/placement/availability-zone")
                            .asString(),
                    metadata.get("/latest/meta-data/placement/region").asString());
        }
    }
}
