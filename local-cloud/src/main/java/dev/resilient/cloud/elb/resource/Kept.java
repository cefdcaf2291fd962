package dev.resilient.cloud.elb.resource;

import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A resource as it is kept: the shape that the API shows, and beside it what the API shows elsewhere.
 *
 * @param <R> its own type
 */
public interface Kept<R> {
    SdkPojo shape();

    String arn();

    /** What a request may call it instead; its ARN if it has no name. */
    String name();

    /** The attributes that differ from the defaults. */
    Map<String, String> attributes();

    R withAttributes(Map<String, String> next);
}
