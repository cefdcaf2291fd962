package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.FaultCell.Fault;
import dev.resilient.loadbalancer.FaultCell.Message;
import dev.resilient.loadbalancer.FaultCell.Part;
import dev.resilient.loadbalancer.FaultCell.Side;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the fault matrix is as the table says; that nothing stays behind, each test of the project is checked for anyway. */
class FaultMatrixTest {
    static Stream<Arguments> cells() {
        return FaultMatrix.cells().entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue().get()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void a_fault_is_seen_as_the_matrix_says(FaultCell cell, FaultOutcome expected) throws Exception {
        try (FaultScene scene = new FaultScene(cell, expected)) {
            assertThat(scene.outcome()).isEqualTo(expected);
            assertThat(scene.stage().group().requestsInFlight(scene.target().as("i-0")))
                    .as("requests in flight")
                    .isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_disruption_is_seen_as_the_matrix_says(Disruption disruption) throws Exception {
        try (DisruptionScene scene = new DisruptionScene(disruption)) {
            assertThat(scene.outcome()).isEqualTo(disruption.expected());
            assertThat(scene.stage().group().requestsInFlight(scene.target().as("i-0")))
                    .as("requests in flight")
                    .isZero();
        }
    }

    @Test
    void every_combination_is_in_the_matrix() {
        Set<FaultCell> all = new HashSet<>();
        for (Side side : Side.values()) {
            for (Message message : Message.values()) {
                for (Part part : Part.values()) {
                    for (Fault fault : Fault.values()) {
                        if (message == Message.RESPONSE || part != Part.UNTIL_CLOSE) {
                            all.add(new FaultCell(side, message, part, fault));
                        }
                    }
                }
            }
        }
        assertThat(FaultMatrix.cells().keySet()).containsExactlyInAnyOrderElementsOf(all);
    }
}
