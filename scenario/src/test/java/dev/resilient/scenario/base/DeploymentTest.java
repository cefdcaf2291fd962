package dev.resilient.scenario.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class DeploymentTest {
    private static final String LONGEST = "abcdefghij-klmnopqrs";

    @Test
    void the_longest_name_keeps_every_derived_name_within_its_limit() {
        Names names = deployment(LONGEST).names();
        assertThat(names.loadBalancer()).hasSizeLessThanOrEqualTo(32);
        assertThat(names.targetGroup()).hasSizeLessThanOrEqualTo(32);
        assertThat(new Names(LONGEST, Region.of("ap-northeast-1")).bucket("123456789012"))
                .hasSizeLessThanOrEqualTo(63);
        assertThat(new Names(LONGEST, Region.of("ap-northeast-1")).restrictedAccess())
                .hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void one_name_in_two_regions_shares_no_name_of_a_global_service() {
        Names here = new Names("shop", Region.US_WEST_2);
        Names there = new Names("shop", Region.EU_WEST_1);
        assertThat(Stream.of(here.instanceAccess(), here.restrictedAccess(), here.bucket("123456789012")))
                .doesNotContainAnyElementsOf(
                        Stream.of(there.instanceAccess(), there.restrictedAccess(), there.bucket("123456789012"))
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "Shop",
                "1shop",
                "shop-",
                "sh--op",
                "shop_1",
                "abcdefghij-klmnopqrst",
                "aws-shop",
                "ssmshop",
                "internal-shop",
                "sg-shop",
                "sthree-shop",
                "shop'; rm -rf /"
            })
    void a_name_that_some_service_would_refuse_is_refused_at_once(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deployment(name))
                .withMessageStartingWith("A deployment's name")
                .withMessageContaining("\"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void a_port_is_within_its_range(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Deployment(
                        "shop",
                        Region.US_WEST_2,
                        port,
                        Optional.empty(),
                        "127.0.0.1/32",
                        Path.of("server.jar"),
                        new Pacing(1)))
                .withMessage("The service port must be between 1 and 65535, but is %d.", port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "256.0.0.1/32", "10.0.0.0/33", "::1/128", "me"})
    void the_allowed_addresses_are_a_cidr(String cidr) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Deployment(
                        "shop", Region.US_WEST_2, 80, Optional.empty(), cidr, Path.of("server.jar"), new Pacing(1)))
                .withMessageContaining("203.0.113.7/32")
                .withMessageContaining(cidr);
    }

    @Test
    void a_vpc_is_named_by_its_id() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Deployment(
                        "shop",
                        Region.US_WEST_2,
                        80,
                        Optional.of("my vpc"),
                        "127.0.0.1/32",
                        Path.of("server.jar"),
                        new Pacing(1)))
                .withMessageContaining("vpc-");
    }

    private static Deployment deployment(String name) {
        return new Deployment(
                name, Region.US_WEST_2, 80, Optional.empty(), "127.0.0.1/32", Path.of("server.jar"), new Pacing(10));
    }
}
