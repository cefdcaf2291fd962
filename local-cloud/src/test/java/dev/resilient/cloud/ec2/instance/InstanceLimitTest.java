package dev.resilient.cloud.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InstanceLimitTest {
    @Test
    void a_launch_gets_as_many_as_there_is_room_for() {
        assertThat(InstanceLimit.grant(InstanceLimit.MOST - 4, 1, 1000)).isEqualTo(4);
        assertThat(InstanceLimit.grant(InstanceLimit.MOST - 4, 1, 3)).isEqualTo(3);
        assertThatThrownBy(() -> InstanceLimit.grant(InstanceLimit.MOST - 4, 5, 5))
                .hasMessageContaining("more instances (" + (InstanceLimit.MOST + 1) + ")");
    }
}
