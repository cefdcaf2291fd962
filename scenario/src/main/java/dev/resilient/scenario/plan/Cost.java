package dev.resilient.scenario.plan;

import dev.resilient.scenario.resource.Network;
import java.util.List;

/**
 * What a deployment costs while it is there: an estimate from list prices, which differ between regions and change.
 *
 * @param items what is paid for
 */
public record Cost(List<Item> items) {
    /** Which prices these are. */
    public static final String SOURCE = "AWS's list prices for us-east-1 and us-west-2 in September 2026,"
            + " https://aws.amazon.com/pricing/; traffic comes on top, and other regions cost more";

    /** Copies the list. */
    public Cost {
        items = List.copyOf(items);
    }

    /** In US dollars. */
    public double perHour() {
        return items.stream().mapToDouble(item -> item.count() * item.each()).sum();
    }

    static Cost estimate() {
        return new Cost(List.of(
                new Item(Network.ZONES, Network.INSTANCE_TYPE + " instances", 0.0104),
                new Item(Network.ZONES, "volumes of 8 GB", 0.0009),
                new Item(1, "Application Load Balancer", 0.0225),
                new Item(1, "load balancer capacity unit", 0.008),
                new Item(2 * Network.ZONES, "public IPv4 addresses", 0.005)));
    }

    /**
     * A line of the bill.
     *
     * @param each US dollars per hour
     */
    public record Item(int count, String what, double each) {}
}
