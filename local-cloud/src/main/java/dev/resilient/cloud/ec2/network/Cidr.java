package dev.resilient.cloud.ec2.network;

import dev.resilient.cloud.ec2.request.Errors;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation: {@code 10.0.0.0/8}, {@code ::/0}.
 *
 * @param network the first address of the block
 * @param prefix how many leading bits all addresses of the block share
 */
public record Cidr(InetAddress network, int prefix) {
    private static final Pattern BLOCK =
            Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    /** Reads {@code address/prefix}; as in EC2, the host bits of the address are dropped. */
    public static Cidr parse(String text) {
        return tryParse(text).orElseThrow(() -> Errors.invalid("CIDR block " + text + " is malformed"));
    }

    private static Optional<Cidr> tryParse(String text) {
        Matcher block = BLOCK.matcher(text);
        try {
            return Optional.of(block)
                    .filter(Matcher::matches)
                    .map(matched -> InetAddress.ofLiteral(matched.group(1)))
                    .filter(address -> Integer.parseInt(block.group(2)) <= address.getAddress().length * Byte.SIZE)
                    .map(address -> masked(address, Integer.parseInt(block.group(2))));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether {@code address} is of the same family and inside the block. */
    public boolean contains(InetAddress address) {
        return address.getClass() == network.getClass()
                && masked(address, prefix).equals(this);
    }

    /** The number of addresses in a block of at most 2³⁰ of them. */
    int size() {
        return 1 << (network.getAddress().length * Byte.SIZE - prefix);
    }

    /** The address {@code offset} places after the first of an IPv4 block. */
    InetAddress address(int offset) {
        return of(number(network).add(BigInteger.valueOf(offset)), network.getAddress().length);
    }

    private static Cidr masked(InetAddress address, int prefix) {
        int length = address.getAddress().length;
        int hostBits = length * Byte.SIZE - prefix;
        return new Cidr(of(number(address).shiftRight(hostBits).shiftLeft(hostBits), length), prefix);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static InetAddress of(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = number.shiftRight((length - 1 - i) * Byte.SIZE).byteValue();
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address keeps its length", impossible);
        }
    }

    /** As AWS writes it, with the zeros of an IPv6 address left out. */
    @Override
    public String toString() {
        return network.getHostAddress().replaceFirst("(^|:)0(:0)+(:|$)", "::") + "/" + prefix;
    }
}
