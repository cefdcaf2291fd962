package dev.resilient.cloud.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

final class StatesTest {

    @ParameterizedTest
    @CsvSource({
        "PENDING, 0, pending, 'RUNNING SHUTTING_DOWN'",
        "RUNNING, 16, running, 'SHUTTING_DOWN STOPPING'",
        "SHUTTING_DOWN, 32, shutting-down, 'TERMINATED'",
        "TERMINATED, 48, terminated, ''",
        "STOPPING, 64, stopping, 'SHUTTING_DOWN STOPPED'",
        "STOPPED, 80, stopped, 'PENDING SHUTTING_DOWN'",
    })
    void each_state_has_its_code_its_name_and_its_edges(
            InstanceStateName state, int code, String wireName, String successors) {
        assertThat(States.of(state).code()).isEqualTo(code);
        assertThat(States.of(state).nameAsString()).isEqualTo(wireName);
        assertThat(InstanceStateName.knownValues().stream()
                        .filter(next -> States.isEdge(state, next))
                        .sorted()
                        .map(Enum::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(successors);
    }
}
