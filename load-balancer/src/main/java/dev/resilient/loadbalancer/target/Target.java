package dev.resilient.loadbalancer.target;

import java.net.InetSocketAddress;

/**
 * Where requests may be sent: a server's id, the zone it is in, and the address and port it listens on. Two targets with the same
 * id and different ports are different targets.
 */
public record Target(String id, String zone, InetSocketAddress address) {
    /** @throws IllegalArgumentException if {@code id} is blank or {@code address} is not resolved to an IP address */
    public Target {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a target needs an id");
        }
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "the address of target " + id + " is a name, not an IP address: " + address);
        }
    }
}
