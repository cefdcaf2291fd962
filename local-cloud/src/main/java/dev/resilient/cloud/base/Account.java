package dev.resilient.cloud.base;

import java.util.List;

/**
 * The one account and region that a local cloud holds.
 *
 * @param id twelve digits
 * @param region as in {@code us-west-2}
 * @param zones the availability zones, in order: {@code us-west-2a}, …
 */
public record Account(String id, String region, List<String> zones) {

    /** Keeps its own copy of the zones. */
    public Account {
        zones = List.copyOf(zones);
    }

    /** An account of this region, with the four zones that the article's region has. */
    public static Account inRegion(String region) {
        return new Account("123456789012", region, List.of(region + "a", region + "b", region + "c", region + "d"));
    }

    /** The ARN of a resource of a regional service: {@code arn:aws:dynamodb:us-west-2:123456789012:table/NAME}. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }

    /** The ARN of a resource of a global service, which has no region: {@code arn:aws:iam::123456789012:role/NAME}. */
    public String globalArn(String service, String resource) {
        return "arn:aws:" + service + "::" + id + ":" + resource;
    }
}
