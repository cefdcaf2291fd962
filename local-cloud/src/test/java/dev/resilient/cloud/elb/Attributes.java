package dev.resilient.cloud.elb;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** Attributes as requests set them. */
final class Attributes {
    private Attributes() {}

    static ModifyListenerAttributesRequest listenerAttribute(String listener, String key, String value) {
        return ModifyListenerAttributesRequest.builder()
                .listenerArn(listener)
                .attributes(ListenerAttribute.builder().key(key).value(value).build())
                .build();
    }

    static TargetGroupAttribute targetGroupAttribute(String key, String value) {
        return TargetGroupAttribute.builder().key(key).value(value).build();
    }
}
