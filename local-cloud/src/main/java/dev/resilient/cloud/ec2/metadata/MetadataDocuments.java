package dev.resilient.cloud.ec2.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resilient.cloud.identity.RoleCredentials.Issued;
import dev.resilient.cloud.identity.RoleCredentials.NotTrusted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;

/** The JSON documents among the metadata. */
final class MetadataDocuments {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private MetadataDocuments() {}

    /** {@code dynamic/instance-identity/document}. */
    static String identity(InstanceFacts facts) {
        Instance instance = facts.instance();
        return write(JSON.createObjectNode()
                .put("accountId", facts.account().id())
                .put("architecture", instance.architectureAsString())
                .put("availabilityZone", instance.placement().availabilityZone())
                .putNull("billingProducts")
                .putNull("devpayProductCodes")
                .putNull("marketplaceProductCodes")
                .put("imageId", instance.imageId())
                .put("instanceId", instance.instanceId())
                .put("instanceType", instance.instanceTypeAsString())
                .putNull("kernelId")
                .put("pendingTime", timestamp(instance.launchTime()))
                .put("privateIp", instance.privateIpAddress())
                .putNull("ramdiskId")
                .put("region", facts.account().region())
                .put("version", "2017-09-30"));
    }

    /** {@code meta-data/iam/info}. */
    static String profile(IamInstanceProfile profile, Instant associated) {
        return write(JSON.createObjectNode()
                .put("Code", "Success")
                .put("LastUpdated", timestamp(associated))
                .put("InstanceProfileArn", profile.arn())
                .put("InstanceProfileId", profile.id()));
    }

    /** {@code meta-data/iam/security-credentials/ROLE}. */
    static String credentials(Issued issued) {
        return write(JSON.createObjectNode()
                .put("Code", "Success")
                .put("LastUpdated", timestamp(issued.lastUpdated()))
                .put("Type", "AWS-HMAC")
                .put("AccessKeyId", issued.accessKeyId())
                .put("SecretAccessKey", issued.secretAccessKey())
                .put("Token", issued.token())
                .put("Expiration", timestamp(issued.expiration())));
    }

    /** {@code meta-data/iam/security-credentials/ROLE} where the role cannot be assumed. */
    static String refusal(NotTrusted refusal) {
        return write(JSON.createObjectNode()
                .put("Code", refusal.code())
                .put("Message", refusal.message())
                .put("LastUpdated", timestamp(refusal.lastUpdated())));
    }

    private static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String write(ObjectNode document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can always be written", impossible);
        }
    }
}
