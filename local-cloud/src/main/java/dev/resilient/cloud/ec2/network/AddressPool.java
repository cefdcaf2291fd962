package dev.resilient.cloud.ec2.network;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of one subnet, each given to one holder at a time. Thread-safe.
 *
 * <p>While an address is held, a datagram socket is bound to it. That makes the claim hold on the whole machine, so that two
 * clouds never give out the same address, and ends the claim with the process that made it, however it ends.
 *
 * <p>Each pool begins at a place of its own. If all began at the lowest address, what a cloud held that has ended would be the
 * very next that another one takes, and a load balancer could not have its address again when its cloud is back.
 */
final class AddressPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AddressPool.class);

    /** The first four addresses of a subnet and the last one belong to AWS. */
    private static final int FIRST = 4;

    /** Any port will do, as long as every cloud on the machine takes the same. */
    private static final int CLAIM_PORT = 1338;

    private final Map<String, DatagramSocket> held = new HashMap<>();
    private final Cidr block;
    private int next;

    /** All addresses of {@code block} but AWS's; {@code random} says where to begin. */
    AddressPool(Cidr block, RandomGenerator random) {
        this.block = block;
        this.next = FIRST + random.nextInt(capacity());
    }

    /** The next free address, upward from the last one given; empty if none is left. */
    synchronized Optional<String> allocate() {
        for (int tried = 0; tried < capacity(); tried++) {
            InetAddress candidate = block.address(next);
            next = next + 1 == FIRST + capacity() ? FIRST : next + 1;
            if (claim(candidate)) {
                return Optional.of(candidate.getHostAddress());
            }
        }
        return Optional.empty();
    }

    /** This very address, or the next free one if somebody else has it; empty if none is left. */
    synchronized Optional<String> allocate(String wanted) {
        InetAddress address = InetAddress.ofLiteral(wanted);
        if (block.contains(address) && claim(address)) {
            return Optional.of(wanted);
        }
        return allocate();
    }

    /** Gives an address back; false if nobody held it. */
    synchronized boolean release(String address) {
        DatagramSocket claim = held.remove(address);
        if (claim == null) {
            return false;
        }
        claim.close();
        return true;
    }

    /** How many addresses are free, as far as this cloud knows. */
    synchronized int available() {
        return capacity() - held.size();
    }

    @Override
    public synchronized void close() {
        held.values().forEach(DatagramSocket::close);
        held.clear();
    }

    private int capacity() {
        return block.size() - FIRST - 1;
    }

    private boolean claim(InetAddress address) {
        if (held.containsKey(address.getHostAddress())) {
            return false;
        }
        try {
            held.put(address.getHostAddress(), new DatagramSocket(new InetSocketAddress(address, CLAIM_PORT)));
            return true;
        } catch (IOException taken) {
            log.debug("{} cannot be had: {}", address.getHostAddress(), taken.getMessage());
            return false;
        }
    }
}
