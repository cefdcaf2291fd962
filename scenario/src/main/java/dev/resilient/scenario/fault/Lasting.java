package dev.resilient.scenario.fault;

import java.time.Duration;
import java.util.List;

/** Nothing more goes wrong; what does goes on for a while, so that it can be measured. */
public record Lasting(Duration length) implements Fault {
    @Override
    public String text() {
        return "it goes on for %.0f s".formatted(length.toMillis() / 1000.0);
    }

    @Override
    public List<String> strike(Scene scene) {
        scene.meanwhile().accept(length);
        return List.of();
    }
}
