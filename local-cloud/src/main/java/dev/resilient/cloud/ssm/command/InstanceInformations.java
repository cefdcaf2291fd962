package dev.resilient.cloud.ssm.command;

import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.ssm.command.ManagedInstances.ManagedInstance;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;
import software.amazon.awssdk.services.ssm.model.ResourceType;

/** The instances that Systems Manager knows, as it describes them. */
record InstanceInformations(ManagedInstances instances) {
    private static final String TAG = "tag:";
    private static final PageRules PAGES = new PageRules(
            10, 50, token -> ServiceError.badRequest("InvalidNextToken", "The specified token isn't valid."));

    DescribeInstanceInformationResponse describe(DescribeInstanceInformationRequest request) {
        Predicate<ManagedInstance> filter = Stream.concat(
                        request.filters().stream().map(each -> filter(each.key(), each.values())),
                        request.instanceInformationFilterList().stream()
                                .map(each -> filter(each.keyAsString(), each.valueSet())))
                .reduce(instance -> true, Predicate::and);
        return PAGES.answer(
                request,
                DescribeInstanceInformationResponse.builder(),
                instances.list().stream().filter(filter).toList(),
                ManagedInstance::id,
                InstanceInformations::render);
    }

    private static InstanceInformation render(ManagedInstance instance) {
        return InstanceInformation.builder()
                .instanceId(instance.id())
                .pingStatus(ping(instance))
                .lastPingDateTime(instance.lastPing())
                .platformType(PlatformType.LINUX)
                .resourceType(ResourceType.EC2_INSTANCE)
                .ipAddress(instance.address())
                .computerName(instance.hostname())
                .build();
    }

    private static PingStatus ping(ManagedInstance instance) {
        return instance.online() ? PingStatus.ONLINE : PingStatus.CONNECTION_LOST;
    }

    private static Predicate<ManagedInstance> filter(String key, List<String> values) {
        if (key.startsWith(TAG)) {
            String name = key.substring(TAG.length());
            return instance -> instance.tags().containsKey(name)
                    && values.contains(instance.tags().get(name));
        }
        return switch (key) {
            case "InstanceIds" -> instance -> values.contains(instance.id());
            case "PingStatus" -> instance -> values.contains(ping(instance).toString());
            case "PlatformTypes" -> instance -> values.contains(PlatformType.LINUX.toString());
            case "ResourceType" -> instance -> values.contains(ResourceType.EC2_INSTANCE.toString());
            case "tag-key" -> instance -> values.stream().anyMatch(instance.tags()::containsKey);
            default -> throw ServiceError.badRequest("InvalidFilterKey", "The specified key isn't valid.");
        };
    }
}
