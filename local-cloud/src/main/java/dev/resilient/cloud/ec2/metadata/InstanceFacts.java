package dev.resilient.cloud.ec2.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance can learn about itself.
 *
 * @param identity what it is
 * @param placement where it is
 * @param networkInterface its one network interface
 * @param userData characters stand for bytes (ISO 8859-1); null for none
 * @param publicKey of the key pair that it was launched with; null for none
 * @param tags by key; shown only where the options say so
 * @param profile its instance profile; null for none
 * @param options how its metadata service behaves
 */
public record InstanceFacts(
        Identity identity,
        Placement placement,
        NetworkInterface networkInterface,
        @Nullable String userData,
        @Nullable PublicKey publicKey,
        Map<String, String> tags,
        @Nullable Profile profile,
        Options options) {

    /**
     * What the instance is.
     *
     * @param launchIndex its place among the instances of its reservation, from 0
     * @param architecture {@code x86_64} or {@code arm64}
     * @param pendingTime when it was launched or started
     */
    public record Identity(
            String instanceId,
            String accountId,
            String reservationId,
            int launchIndex,
            String imageId,
            String instanceType,
            String architecture,
            Instant pendingTime) {}

    /** Where the instance is. */
    public record Placement(String region, String zone, String zoneId) {}

    /** How the instance is connected. */
    public record NetworkInterface(
            String id,
            String mac,
            String address,
            String hostname,
            String subnetId,
            String subnetBlock,
            String vpcId,
            String vpcBlock,
            List<String> groupIds,
            List<String> groupNames) {}

    /** The public half of a key pair, as in {@code authorized_keys}. */
    public record PublicKey(String name, String text) {}

    /**
     * The profile that the instance is associated with now.
     *
     * @param id IAM's unique id: {@code AIPA…}
     * @param since when the association was made
     */
    public record Profile(String arn, String id, Instant since) {}

    /**
     * How the metadata service behaves.
     *
     * @param enabled {@code HttpEndpoint}: a disabled service answers everything with 403
     * @param tokensRequired {@code HttpTokens}: whether requests without a token are refused
     * @param showsTags {@code InstanceMetadataTags}
     */
    public record Options(boolean enabled, boolean tokensRequired, boolean showsTags) {}
}
