package dev.resilient.wire.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

class MembersTest {
    private static final TargetGroup GROUP = Members.copy(
                    CreateTargetGroupRequest.builder()
                            .name("web")
                            .port(80)
                            .protocol("HTTP")
                            .healthCheckPath("/a")
                            .matcher(matcher -> matcher.httpCode("200"))
                            .tags(Tag.builder().key("k").build())
                            .build(),
                    TargetGroup.builder())
            .build();

    @Test
    void what_a_request_and_a_resource_both_have_is_copied_and_nothing_else() {
        assertThat(GROUP)
                .isEqualTo(TargetGroup.builder()
                        .port(80)
                        .protocol("HTTP")
                        .healthCheckPath("/a")
                        .matcher(Matcher.builder().httpCode("200").build())
                        .build());
    }

    @Test
    void what_a_request_leaves_out_stays_as_it_is() {
        TargetGroup changed = Members.copy(
                        ModifyTargetGroupRequest.builder().healthCheckPath("/b").build(), GROUP.toBuilder())
                .build();
        assertThat(changed).isEqualTo(GROUP.toBuilder().healthCheckPath("/b").build());
        Listener listener = Listener.builder().certificates(List.of()).port(80).build();
        assertThat(Members.copy(ModifyListenerRequest.builder().build(), listener.toBuilder())
                        .build())
                .isEqualTo(listener);
    }

    @Test
    void a_member_that_is_not_there_or_not_set_is_empty() {
        assertThat(Members.get(GROUP, "HealthCheckPath", String.class)).contains("/a");
        assertThat(Members.get(GROUP, "VpcId", String.class)).isEmpty();
        assertThat(Members.get(GROUP, "LoadBalancerArns", List.class)).isEmpty();
        assertThat(Members.get(GROUP, "Weather", String.class)).isEmpty();
    }
}
