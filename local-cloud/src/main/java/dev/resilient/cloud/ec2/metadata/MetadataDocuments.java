package dev.resilient.cloud.ec2.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.resilient.cloud.identity.RoleCredentials.Issued;
import dev.resilient.cloud.identity.RoleCredentials.NotTrusted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;

/** The JSON documents among the metadata. */
final class MetadataDocuments {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private MetadataDocuments() {}

    /** {@code dynamic/instance-identity/document}. */
    static String identity(InstanceFacts facts) {
        Instance instance = facts.instance();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("accountId", facts.account().id());
        document.put("architecture", instance.architectureAsString());
        document.put("availabilityZone", instance.placement().availabilityZone());
        document.put("billingProducts", null);
        document.put("devpayProductCodes", null);
        document.put("marketplaceProductCodes", null);
        document.put("imageId", instance.imageId());
        document.put("instanceId", instance.instanceId());
        document.put("instanceType", instance.instanceTypeAsString());
        document.put("kernelId", null);
        document.put("pendingTime", timestamp(instance.launchTime()));
        document.put("privateIp", instance.privateIpAddress());
        document.put("ramdiskId", null);
        document.put("region", facts.account().region());
        document.put("version", "2017-09-30");
        return write(document);
    }

    /** {@code meta-data/iam/info}. */
    static String profile(IamInstanceProfile profile, Instant associated) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("Code", "Success");
        document.put("LastUpdated", timestamp(associated));
        document.put("InstanceProfileArn", profile.arn());
        document.put("InstanceProfileId", profile.id());
        return write(document);
    }

    /** {@code meta-data/iam/security-credentials/ROLE}. */
    static String credentials(Issued issued) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("Code", "Success");
        document.put("LastUpdated", timestamp(issued.lastUpdated()));
        document.put("Type", "AWS-HMAC");
        document.put("AccessKeyId", issued.accessKeyId());
        document.put("SecretAccessKey", issued.secretAccessKey());
        document.put("Token", issued.token());
        document.put("Expiration", timestamp(issued.expiration()));
        return write(document);
    }

    /** {@code meta-data/iam/security-credentials/ROLE} where the role cannot be assumed. */
    static String refusal(NotTrusted refusal) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("Code", refusal.code());
        document.put("Message", refusal.message());
        document.put("LastUpdated", timestamp(refusal.lastUpdated()));
        return write(document);
    }

    private static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String write(Map<String, @Nullable Object> document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can always be written", impossible);
        }
    }
}
