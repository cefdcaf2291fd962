package dev.resilient.wire.signature;

import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.signature.Verdict.Fault;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums that may come with a body, each with the header or trailer that carries it. */
public enum Checksum {
    MD5("content-md5"),
    CRC_32("x-amz-checksum-crc32"),
    CRC_32_C("x-amz-checksum-crc32c"),
    CRC_64_NVME("x-amz-checksum-crc64nvme"),
    SHA_1("x-amz-checksum-sha1"),
    SHA_256("x-amz-checksum-sha256");

    private static final int AT_ONCE = 64 * 1024;
    private final String header;

    Checksum(String header) {
        this.header = header;
    }

    private Sum start() {
        return switch (this) {
            case MD5 -> new Digest("MD5");
            case CRC_32 -> new Cyclic(new CRC32(), Integer.BYTES);
            case CRC_32_C -> new Cyclic(new CRC32C(), Integer.BYTES);
            case CRC_64_NVME -> new Cyclic(new Crc64Nvme(), Long.BYTES);
            case SHA_1 -> new Digest("SHA-1");
            case SHA_256 -> new Digest("SHA-256");
        };
    }

    /** S3's name of the algorithm: {@code CRC64NVME}. */
    public String wireName() {
        return name().replace("_", "");
    }

    /** The checksum of {@code bytes}, most significant byte first. */
    public byte[] of(byte[] bytes) {
        Sum sum = start();
        sum.add(bytes, bytes.length);
        return sum.value();
    }

    /** The checksum of what is in a stream, which is read to its end and not closed. */
    public byte[] of(InputStream stream) throws IOException {
        Sum sum = start();
        byte[] some = new byte[AT_ONCE];
        for (int read = stream.read(some); read >= 0; read = stream.read(some)) {
            sum.add(some, read);
        }
        return sum.value();
    }

    /** Compares the body with every checksum in the request's headers. */
    static void checkAll(WireRequest request) throws Fault {
        for (Checksum checksum : values()) {
            Optional<String> expected = request.header(checksum.header);
            if (expected.isPresent()) {
                checksum.check(request.body(), expected.get());
            }
        }
    }

    private void check(byte[] body, String expected) throws Fault {
        if (!Base64.getEncoder().encodeToString(of(body)).equals(expected)) {
            throw new Fault(
                    Flaw.WRONG_CHECKSUM,
                    this == MD5
                            ? "The Content-MD5 you specified did not match what we received."
                            : "The " + wireName() + " you specified did not match the calculated checksum.");
        }
    }

    private interface Sum {
        void add(byte[] bytes, int length);

        byte[] value();
    }

    private record Digest(MessageDigest digest) implements Sum {
        Digest(String algorithm) {
            this(of(algorithm));
        }

        private static MessageDigest of(String algorithm) {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (GeneralSecurityException absent) {
                throw new IllegalStateException("every Java platform has " + algorithm, absent);
            }
        }

        @Override
        public void add(byte[] bytes, int length) {
            digest.update(bytes, 0, length);
        }

        @Override
        public byte[] value() {
            return digest.digest();
        }
    }

    private record Cyclic(java.util.zip.Checksum crc, int size) implements Sum {
        @Override
        public void add(byte[] bytes, int length) {
            crc.update(bytes, 0, length);
        }

        @Override
        public byte[] value() {
            byte[] value =
                    ByteBuffer.allocate(Long.BYTES).putLong(crc.getValue()).array();
            return Arrays.copyOfRange(value, Long.BYTES - size, Long.BYTES);
        }
    }

    /** CRC-64/NVME: the NVM Express polynomial, reflected, all ones at the start and inverted at the end. */
    private static final class Crc64Nvme implements java.util.zip.Checksum {
        private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
        private static final long[] TABLE = table();
        private long crc = -1;

        @Override
        public void update(int each) {
            crc = TABLE[(int) (crc ^ each) & 0xff] ^ (crc >>> 8);
        }

        @Override
        public void update(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                update(bytes[i]);
            }
        }

        @Override
        public long getValue() {
            return ~crc;
        }

        @Override
        public void reset() {
            crc = -1;
        }

        private static long[] table() {
            long[] table = new long[256];
            for (int i = 0; i < table.length; i++) {
                long remainder = i;
                for (int bit = 0; bit < 8; bit++) {
                    remainder = (remainder & 1) == 0 ? remainder >>> 1 : (remainder >>> 1) ^ POLYNOMIAL;
                }
                table[i] = remainder;
            }
            return table;
        }
    }
}
