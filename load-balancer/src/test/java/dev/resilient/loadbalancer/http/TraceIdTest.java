package dev.resilient.loadbalancer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceIdTest {
    private static final String ID = "1-67891234-12456789abcdef012345678a";

    @Test
    void a_new_id_begins_with_the_second_of_the_request() {
        assertThat(TraceId.create(Instant.ofEpochSecond(0x67891234L), new Random(1)))
                .matches("1-67891234-[0-9a-f]{24}");
    }

    @Test
    void a_request_without_one_gets_a_root() {
        assertThat(TraceId.forwarded(List.of(), ID)).isEqualTo("Root=" + ID);
    }

    @Test
    void a_root_is_kept_behind_this_hop_and_so_are_other_fields() {
        assertThat(TraceId.forwarded(List.of("Root=1-1-2;CalledFrom=app"), ID))
                .isEqualTo("Self=" + ID + ";Root=1-1-2;CalledFrom=app");
    }

    @Test
    void the_hop_before_is_replaced() {
        assertThat(TraceId.forwarded(List.of("Self=1-3-4;Root=1-1-2;CalledFrom=app"), ID))
                .isEqualTo("Self=" + ID + ";Root=1-1-2;CalledFrom=app");
    }

    @Test
    void fields_without_a_root_get_one() {
        assertThat(TraceId.forwarded(List.of("CalledFrom=app"), ID)).isEqualTo("Root=" + ID + ";CalledFrom=app");
    }

    @Test
    void what_is_longer_than_7_KiB_is_replaced() {
        assertThat(TraceId.forwarded(List.of("Root=1-1-2;X=" + "x".repeat(7 * 1024)), ID))
                .isEqualTo("Root=" + ID);
    }
}
