package dev.resilient.cli;

import dev.resilient.cli.dashboard.Finder;
import dev.resilient.cli.target.Target;
import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.AwsClients;
import dev.resilient.time.SystemTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** The scenario of a deployment whose cloud may come, go, and come again at another address. Confined to one thread, but for closing. */
final class FoundDeployment implements Finder, AutoCloseable {
    private final ScenarioOptions options;
    private volatile @Nullable Found found;

    FoundDeployment(ScenarioOptions options) {
        this.options = options;
    }

    @Override
    public Optional<Scenario> find() {
        if (found == null) {
            found = Targets.reachable(options.target(), options.settings())
                    .map(this::open)
                    .orElse(null);
        }
        return Optional.ofNullable(found).map(Found::scenario);
    }

    @Override
    public Optional<String> absence() {
        return Optional.of("No local cloud is running.");
    }

    /** The next one may be at another address. */
    @Override
    public void lost() {
        close();
    }

    @Override
    public void close() {
        Found last = found;
        found = null;
        if (last != null) {
            last.clients().close();
            last.target().close();
        }
    }

    private Found open(Target target) {
        var clients = new AwsClients(Region.of(target.region()), target.endpoint(), target.credentials());
        clients.warmUp();
        return new Found(target, clients, new Scenario(options.deployment(target), clients, SystemTime.INSTANCE));
    }

    private record Found(Target target, AwsClients clients, Scenario scenario) {}
}
