package dev.resilient.wire.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    private final RequestIds ids = new RequestIds(new Random(1));

    @Test
    void each_service_has_ids_of_its_own_form() {
        assertThat(ids.next("dynamodb")).matches("[0-9A-V]{26}VV4KQNSO5AEMVJF66Q9ASUAAJG");
        assertThat(ids.next("s3")).matches("[0-9A-F]{16}");
        assertThat(ids.next("ssm")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void none_is_given_out_twice() {
        for (String service : new String[] {"dynamodb", "s3", "ec2"}) {
            assertThat(IntStream.range(0, 10_000)
                            .mapToObj(i -> ids.next(service))
                            .collect(Collectors.toSet()))
                    .as(service)
                    .hasSize(10_000);
        }
    }
}
