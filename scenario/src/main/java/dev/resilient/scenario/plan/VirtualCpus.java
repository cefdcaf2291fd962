package dev.resilient.scenario.plan;

import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Refusals;
import dev.resilient.scenario.resource.Network;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.CpuOptions;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Whether the account may run as many vCPUs as a deployment has: those of its standard On-Demand instances count together. How many
 * those may be is known to Service Quotas alone.
 */
final class VirtualCpus {
    /** "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances". */
    private static final String QUOTA = "L-1216C47A";

    /** Types with these families and a generation. Other types begin with these letters too, and have quotas of their own. */
    private static final Pattern STANDARD = Pattern.compile("([acdhimrtz]|i[ms])\\d.*");

    private static final int OF_EACH_INSTANCE = 2;
    private static final int NEEDED = OF_EACH_INSTANCE * Network.ZONES;

    private final Environment environment;

    VirtualCpus(Environment environment) {
        this.environment = environment;
    }

    /** At most one sentence. */
    List<String> notes() {
        try {
            double quota = environment
                    .aws()
                    .serviceQuotas()
                    .getServiceQuota(request -> request.serviceCode("ec2").quotaCode(QUOTA))
                    .quota()
                    .value();
            int others = runningBeside();
            return others + NEEDED <= quota
                    ? List.of()
                    : List.of(
                            "This takes %d vCPUs of standard On-Demand instances. %d are taken, and the account may run %.0f in this region: have the quota %s raised, or end instances."
                                    .formatted(NEEDED, others, quota, QUOTA));
        } catch (SdkException failure) {
            return List.of("This takes %d vCPUs. How many the account may run could not be asked: %s"
                    .formatted(NEEDED, Refusals.sentence(failure)));
        }
    }

    /** Those of all instances but this deployment's. */
    private int runningBeside() {
        Filter running = Filter.builder()
                .name("instance-state-name")
                .values("pending", "running")
                .build();
        return environment
                .aws()
                .ec2()
                .describeInstancesPaginator(request -> request.filters(running))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(this::isBeside)
                .map(Instance::cpuOptions)
                .filter(Objects::nonNull)
                .mapToInt(VirtualCpus::count)
                .sum();
    }

    private boolean isBeside(Instance instance) {
        boolean isOnDemand = instance.instanceLifecycle() == null;
        return isOnDemand
                && STANDARD.matcher(instance.instanceTypeAsString()).matches()
                && instance.tags().stream()
                        .noneMatch(tag -> tag.key().equals(Deployment.TAG)
                                && tag.value().equals(environment.deployment().name()));
    }

    private static int count(CpuOptions options) {
        return options.coreCount() * options.threadsPerCore();
    }
}
