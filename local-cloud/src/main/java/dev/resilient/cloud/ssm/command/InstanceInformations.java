package dev.resilient.cloud.ssm.command;

import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.ssm.command.ManagedInstances.ManagedInstance;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;

/** The instances that Systems Manager knows, as it describes them. */
record InstanceInformations(ManagedInstances instances) {
    /** What filters are called, and the members that they look at. */
    private static final Map<String, String> MEMBERS = Map.of(
            "InstanceIds", "InstanceId",
            "PingStatus", "PingStatus",
            "PlatformTypes", "PlatformType",
            "ResourceType", "ResourceType");

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
                ManagedInstance::shown);
    }

    private static Predicate<ManagedInstance> filter(String key, List<String> values) {
        if (ManagedInstance.isOfTags(key)) {
            return instance -> instance.isTagged(key, values);
        }
        String member = MEMBERS.get(key);
        if (member == null) {
            throw ServiceError.badRequest("InvalidFilterKey", "The specified key isn't valid.");
        }
        return instance -> Members.get(instance.shown(), member, String.class)
                .filter(values::contains)
                .isPresent();
    }
}
