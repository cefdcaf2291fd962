package dev.resilient.scenario.play;

import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** What the instances write to their consoles, where the boot script tells what it does. */
final class Consoles {
    private static final int LINES = 10;

    private final Environment environment;
    private final Ec2Client ec2;

    Consoles(Environment environment) {
        this.environment = environment;
        this.ec2 = environment.aws().ec2();
    }

    /** The last lines of one of the deployment's running instances that is not among {@code others}, if any has written something. */
    Optional<String> endOfOneBeside(Set<String> others) {
        return running().stream()
                .filter(instance -> !others.contains(instance))
                .map(this::end)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> end(String instance) {
        List<String> lines =
                text(instance).lines().filter(line -> !line.isBlank()).toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of("The console of %s ends with:\n%s".formatted(instance, String.join("\n", last)));
    }

    private String text(String instance) {
        // Without "latest" AWS gives what it kept when the instance last started, which is minutes old or nothing.
        String encoded = ec2.getConsoleOutput(
                        request -> request.instanceId(instance).latest(true))
                .output();
        return encoded == null ? "" : new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private List<String> running() {
        return ec2
                .describeInstancesPaginator(request -> request.filters(
                        Filter.builder()
                                .name("tag:" + Deployment.TAG)
                                .values(environment.deployment().name())
                                .build(),
                        Filter.builder()
                                .name("instance-state-name")
                                .values("running")
                                .build()))
                .reservations()
                .stream()
                .map(Reservation::instances)
                .flatMap(List::stream)
                .map(Instance::instanceId)
                .toList();
    }
}
