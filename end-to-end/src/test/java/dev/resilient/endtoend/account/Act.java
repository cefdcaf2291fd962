package dev.resilient.endtoend.account;

import dev.resilient.endtoend.Product;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.Scenario;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What somebody does with the scenario, and what has to be there for it. */
enum Act {
    DEPLOY(false, Scenario::deploy),
    DEMONSTRATE(true, scenario -> scenario.demonstrate("local", Interlude.none())),
    DESTROY(true, Scenario::destroy);

    private final boolean needsDeployment;
    private final Consumer<Scenario> play;

    Act(boolean needsDeployment, Consumer<Scenario> play) {
        this.needsDeployment = needsDeployment;
        this.play = play;
    }

    boolean needsDeployment() {
        return needsDeployment;
    }

    /** A server that is good enough for it. */
    Path serverJar(Path folder) {
        return this == DEMONSTRATE
                ? Product.ROOT.resolve("recommendation-server/target/recommendation-server.jar")
                : SmallServer.jar(folder);
    }

    Void play(Scenario scenario) {
        play.accept(scenario);
        return null;
    }
}
