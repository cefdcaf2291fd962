package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Waiting.Sight;
import dev.resilient.scenario.event.ScenarioEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.ActiveInstanceRefreshNotFoundException;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;

/**
 * A new version is rolled out whose server never comes up: the launch template gets a version with other user data, and an instance
 * refresh replaces the instances by it. Undone by the end of the refresh, the template's default version before, and the
 * replacement of every instance made of the new version.
 */
public final class BadDeployment implements Fault {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** One of three may be missing at a time. */
    private static final int MIN_HEALTHY_PERCENTAGE = 66;

    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final String USER_DATA = """
        #!/bin/bash
        echo 'boot-server: this version of the server does not start' >&2
        exec sleep 1000000000
        """;

    private final boolean guarded;

    /** @param guarded whether the group asks the load balancer whether an instance is well, and not only EC2 */
    public BadDeployment(boolean guarded) {
        this.guarded = guarded;
    }

    @Override
    public String text() {
        return "a version whose server never comes up is rolled out by an instance refresh"
                + (guarded ? " that asks the load balancer" : " that asks nobody but EC2");
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        String template = environment.names().launchTemplate();
        String before = String.valueOf(environment
                .aws()
                .ec2()
                .describeLaunchTemplates(request -> request.launchTemplateNames(template))
                .launchTemplates()
                .getFirst()
                .defaultVersionNumber());
        var group = new Fleet(environment).group();
        String type = group.healthCheckType();
        int grace = group.healthCheckGracePeriod();
        // The latest is undone first: no more refresh, then the right version for what replaces the instances.
        scene.undoing().note("the group asks for health as before", now -> setHealthCheck(now, type, grace));
        scene.undoing().note("instances of the bad version are replaced", now -> replaceOthersThan(now, before));
        scene.undoing().note("the launch template is rolled back to version " + before, now -> setDefault(now, before));
        scene.undoing().note("the instance refresh is cancelled", BadDeployment::cancel);
        if (guarded) {
            setHealthCheck(environment, "ELB", (int) GRACE.toSeconds());
        }
        String bad = String.valueOf(environment
                .aws()
                .ec2()
                .createLaunchTemplateVersion(request -> request.launchTemplateName(template)
                        .sourceVersion(before)
                        .versionDescription("drill: a server that does not start")
                        .launchTemplateData(data -> data.userData(
                                Base64.getEncoder().encodeToString(USER_DATA.getBytes(StandardCharsets.US_ASCII)))))
                .launchTemplateVersion()
                .versionNumber());
        setDefault(environment, bad);
        environment.aws().autoScaling().startInstanceRefresh(request -> request.autoScalingGroupName(
                        environment.names().group())
                .preferences(preferences ->
                        preferences.minHealthyPercentage(MIN_HEALTHY_PERCENTAGE).instanceWarmup(0)));
        tell(environment, "instance refresh to version " + bad + " of the launch template");
        return List.of();
    }

    private static void setHealthCheck(Environment environment, String type, int grace) {
        environment.aws().autoScaling().updateAutoScalingGroup(request -> request.autoScalingGroupName(
                        environment.names().group())
                .healthCheckType(type)
                .healthCheckGracePeriod(grace));
    }

    private static void setDefault(Environment environment, String version) {
        environment.aws().ec2().modifyLaunchTemplate(request -> request.launchTemplateName(
                        environment.names().launchTemplate())
                .defaultVersion(version));
        tell(environment, "the launch template's default version is " + version);
    }

    private static void cancel(Environment environment) {
        AutoScalingClient autoScaling = environment.aws().autoScaling();
        String group = environment.names().group();
        try {
            autoScaling.cancelInstanceRefresh(request -> request.autoScalingGroupName(group));
        } catch (ActiveInstanceRefreshNotFoundException over) {
            tell(environment, "the instance refresh has ended already");
        }
        environment
                .waiting()
                .until(
                        "the instance refresh has ended", LIMIT, () -> autoScaling
                                .describeInstanceRefreshes(request -> request.autoScalingGroupName(group))
                                .instanceRefreshes()
                                .stream()
                                .map(refresh -> refresh.status())
                                .filter(BadDeployment::isUnderWay)
                                .findFirst()
                                .map(status -> Sight.<Boolean>nothingYet(status.toString()))
                                .orElseGet(() -> Sight.of(true)));
    }

    private static boolean isUnderWay(InstanceRefreshStatus status) {
        return switch (status) {
            case PENDING, IN_PROGRESS, CANCELLING, BAKING, ROLLBACK_IN_PROGRESS -> true;
            default -> false;
        };
    }

    private static void replaceOthersThan(Environment environment, String version) {
        for (Instance instance : new Fleet(environment).group().instances()) {
            boolean right = instance.launchTemplate() != null
                    && version.equals(instance.launchTemplate().version());
            if (!right && instance.lifecycleStateAsString().equals("InService")) {
                environment.aws().autoScaling().terminateInstanceInAutoScalingGroup(request -> request.instanceId(
                                instance.instanceId())
                        .shouldDecrementDesiredCapacity(false));
                environment
                        .events()
                        .publish(new ScenarioEvent.InstanceChanged(
                                instance.instanceId(), "of the bad version is being replaced"));
            }
        }
    }

    private static void tell(Environment environment, String change) {
        environment.events().publish(new ScenarioEvent.ServiceChanged(change));
    }
}
