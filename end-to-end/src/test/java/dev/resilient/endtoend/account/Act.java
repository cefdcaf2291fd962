package dev.resilient.endtoend.account;

import dev.resilient.endtoend.Product;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.Scenario;
import java.nio.file.Path;

/** What somebody does with the scenario, and what has to be there for it. */
enum Act {
    DEPLOY,
    DEMONSTRATE,
    DESTROY;

    boolean needsDeployment() {
        return this != DEPLOY;
    }

    /** A server that is good enough for it. */
    Path serverJar(Path folder) {
        return this == DEMONSTRATE
                ? Product.ROOT.resolve("recommendation-server/target/recommendation-server.jar")
                : SmallServer.jar(folder);
    }

    Void play(Scenario scenario) {
        switch (this) {
            case DEPLOY -> scenario.deploy();
            case DEMONSTRATE -> scenario.demonstrate("local", Interlude.none());
            case DESTROY -> scenario.destroy();
        }
        return null;
    }
}
