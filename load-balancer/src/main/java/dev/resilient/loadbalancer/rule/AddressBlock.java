package dev.resilient.loadbalancer.rule;

import java.net.InetAddress;

/**
 * A block of IP addresses.
 *
 * @param first an address of the block
 * @param bits how many leading bits the addresses of the block have in common
 */
public record AddressBlock(InetAddress first, int bits) {

    /**
     * Reads {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException if it is neither, naming it
     */
    public static AddressBlock parse(String block) {
        int slash = block.indexOf('/');
        try {
            InetAddress first = InetAddress.ofLiteral(block.substring(0, slash));
            int bits = Integer.parseInt(block.substring(slash + 1));
            if (bits >= 0 && bits <= first.getAddress().length * Byte.SIZE) {
                return new AddressBlock(first, bits);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException invalid) {
            throw new IllegalArgumentException("'" + block + "' is not a block of addresses", invalid);
        }
        throw new IllegalArgumentException("'" + block + "' is not a block of addresses");
    }

    boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (mine[whole] ^ other[whole]) >> (Byte.SIZE - rest) == 0;
    }
}
