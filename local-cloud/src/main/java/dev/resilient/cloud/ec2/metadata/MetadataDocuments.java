package dev.resilient.cloud.ec2.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials.Issued;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials.Refused;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.Profile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON documents among the metadata. */
final class MetadataDocuments {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private MetadataDocuments() {}

    /** {@code dynamic/instance-identity/document}. */
    static String identity(InstanceFacts facts) {
        InstanceFacts.Identity identity = facts.identity();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("accountId", identity.accountId());
        document.put("architecture", identity.architecture());
        document.put("availabilityZone", facts.placement().zone());
        document.put("billingProducts", null);
        document.put("devpayProductCodes", null);
        document.put("marketplaceProductCodes", null);
        document.put("imageId", identity.imageId());
        document.put("instanceId", identity.instanceId());
        document.put("instanceType", identity.instanceType());
        document.put("kernelId", null);
        document.put("pendingTime", timestamp(identity.pendingTime()));
        document.put("privateIp", facts.networkInterface().address());
        document.put("ramdiskId", null);
        document.put("region", facts.placement().region());
        document.put("version", "2017-09-30");
        return write(document);
    }

    /** {@code meta-data/iam/info}. */
    static String profile(Profile profile) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("Code", "Success");
        document.put("LastUpdated", timestamp(profile.since()));
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
        document.put("Token", issued.sessionToken());
        document.put("Expiration", timestamp(issued.expiration()));
        return write(document);
    }

    /** {@code meta-data/iam/security-credentials/ROLE} where the role cannot be assumed. */
    static String refusal(Refused refused) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("Code", refused.code());
        document.put("Message", refused.message());
        document.put("LastUpdated", timestamp(refused.lastUpdated()));
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
