package dev.resilient.cloud.identity;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of the services' own condition keys requests have here. */
public final class ConditionKeys {
    private static final Map<String, Set<String>> OF_SERVICES = Map.of(
            "autoscaling", keys("MaxSize MinSize ResourceTag TargetGroupARNs"),
            "dynamodb", keys("LeadingKeys ReturnConsumedCapacity ReturnValues Select"),
            "ec2", keys("InstanceType Region ResourceTag"),
            "elasticloadbalancing", keys("ResourceTag"),
            "iam", keys("PassedToService PermissionsBoundary PolicyARN ResourceTag"),
            "s3", keys("delimiter max-keys prefix ResourceAccount x-amz-acl x-amz-copy-source x-amz-storage-class"),
            "ssm", keys("Overwrite Recursive ResourceTag"),
            "sts", keys("ExternalId RoleSessionName"));

    private ConditionKeys() {}

    /**
     * Whether a request here never has this key, and would have it on AWS: what AWS's own prefix has of networks, organizations and
     * devices is missing there from such requests, too.
     */
    public static boolean isUnknown(String key) {
        String[] parts = key.toLowerCase(Locale.ROOT).split("[:/]", 3);
        Set<String> known = OF_SERVICES.get(parts[0]);
        return known != null && parts.length > 1 && !known.contains(parts[1]);
    }

    private static Set<String> keys(String names) {
        return Set.of(names.toLowerCase(Locale.ROOT).split(" "));
    }
}
