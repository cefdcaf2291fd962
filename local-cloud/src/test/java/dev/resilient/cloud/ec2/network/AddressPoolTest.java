package dev.resilient.cloud.ec2.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In blocks beside the network of any cloud, since addresses are claimed on the whole machine. */
final class AddressPoolTest {
    private static final Cidr SUBNET = Cidr.parse("127.30.0.0/20");
    private static final Cidr SMALL = Cidr.parse("127.30.16.0/28");

    @Test
    void what_a_cloud_that_ended_held_is_not_the_next_that_another_one_takes() {
        String held;
        try (AddressPool ended = new AddressPool(SUBNET, new Random(1))) {
            held = ended.allocate().orElseThrow();
        }
        try (AddressPool other = new AddressPool(SUBNET, new Random(2));
                AddressPool again = new AddressPool(SUBNET, new Random(3))) {
            assertThat(taken(other, 100)).hasSize(100).doesNotContain(held);
            assertThat(again.allocate(held)).hasValue(held);
        }
    }

    @Test
    void where_a_pool_begins_is_spread_over_the_whole_subnet() {
        List<Integer> begins =
                IntStream.range(0, 100).map(this::thirdByte).boxed().toList();

        assertThat(begins).contains(IntStream.range(0, 16).boxed().toArray(Integer[]::new));
    }

    private int thirdByte(int seed) {
        try (AddressPool pool = new AddressPool(SUBNET, new Random(seed))) {
            return Integer.parseInt(pool.allocate().orElseThrow().split("\\.")[2]);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void wherever_it_begins_each_address_but_those_of_AWS_is_given_once(long seed) {
        try (AddressPool pool = new AddressPool(SMALL, new Random(seed))) {
            assertThat(taken(pool, 11))
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(4, 14)
                            .mapToObj(each -> "127.30.16." + each)
                            .toList());
            assertThat(pool.available()).isZero();
            assertThat(pool.allocate()).isEmpty();

            pool.release("127.30.16.9");

            assertThat(pool.allocate()).hasValue("127.30.16.9");
        }
    }

    @Test
    void an_address_that_somebody_else_has_is_replaced_by_another_one() {
        try (AddressPool one = new AddressPool(SUBNET, new Random(4));
                AddressPool other = new AddressPool(SUBNET, new Random(5))) {
            String held = one.allocate().orElseThrow();

            assertThat(other.allocate(held))
                    .hasValueSatisfying(
                            address -> assertThat(address).startsWith("127.30.").isNotEqualTo(held));
        }
    }

    private static List<String> taken(AddressPool pool, int count) {
        return Stream.generate(pool::allocate)
                .limit(count)
                .flatMap(Optional::stream)
                .toList();
    }
}
