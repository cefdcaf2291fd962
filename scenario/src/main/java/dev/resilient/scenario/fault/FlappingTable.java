package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.resource.Parameter;
import dev.resilient.scenario.resource.ServiceParameter;
import java.time.Duration;
import java.util.List;

/** The parameter with the table's name is wrong, right, wrong and right again, for some seconds each. */
public final class FlappingTable implements Fault {
    private final int times;
    private final Duration each;

    /**
     * The table's name flaps.
     *
     * @param times how often it is wrong
     * @param each for how long it is wrong, and then right
     */
    public FlappingTable(int times, Duration each) {
        this.times = times;
        this.each = each;
    }

    @Override
    public String text() {
        return "the dependency is gone and back again, %d times for %.1f s each"
                .formatted(times, each.toMillis() / 1000.0);
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        var table = new Parameter(environment, ServiceParameter.TABLE);
        scene.undoing().note("the table's name is right", now -> new Parameter(now, ServiceParameter.TABLE).reset());
        for (int i = 0; i < times; i++) {
            table.set(ServiceParameter.TABLE.changedValue());
            scene.meanwhile().accept(each);
            table.reset();
            scene.meanwhile().accept(each);
        }
        return List.of();
    }
}
