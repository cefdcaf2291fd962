package dev.resilient.wire;

import dev.resilient.wire.Verdict.Fault;
import dev.resilient.wire.Verdict.Flaw;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums that may come with a body, each with the header or trailer that carries it. */
enum Checksum {
    MD5("content-md5") {
        @Override
        byte[] of(byte[] bytes) {
            return digest("MD5", bytes);
        }
    },
    CRC_32("x-amz-checksum-crc32") {
        @Override
        byte[] of(byte[] bytes) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            return ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        }
    },
    CRC_32_C("x-amz-checksum-crc32c") {
        @Override
        byte[] of(byte[] bytes) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            return ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        }
    },
    CRC_64_NVME("x-amz-checksum-crc64nvme") {
        @Override
        byte[] of(byte[] bytes) {
            return ByteBuffer.allocate(8).putLong(Crc64Nvme.of(bytes)).array();
        }
    },
    SHA_1("x-amz-checksum-sha1") {
        @Override
        byte[] of(byte[] bytes) {
            return digest("SHA-1", bytes);
        }
    },
    SHA_256("x-amz-checksum-sha256") {
        @Override
        byte[] of(byte[] bytes) {
            return digest("SHA-256", bytes);
        }
    };

    private final String header;

    Checksum(String header) {
        this.header = header;
    }

    /** The checksum of {@code bytes}, most significant byte first. */
    abstract byte[] of(byte[] bytes);

    /** Compares the body with every checksum in the request's headers and in the body's trailer. */
    static void checkAll(WireRequest request, Map<String, String> trailer) throws Fault {
        for (Checksum checksum : values()) {
            Optional<String> expected =
                    Optional.ofNullable(trailer.get(checksum.header)).or(() -> request.header(checksum.header));
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
                            : "The " + name().replace("_", "")
                                    + " you specified did not match the calculated checksum.");
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has " + algorithm, absent);
        }
    }

    /** CRC-64/NVME: the NVM Express polynomial, reflected, all ones at the start and inverted at the end. */
    private static final class Crc64Nvme {
        private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
        private static final long[] TABLE = table();

        static long of(byte[] bytes) {
            long crc = -1;
            for (byte each : bytes) {
                crc = TABLE[(int) (crc ^ each) & 0xff] ^ (crc >>> 8);
            }
            return ~crc;
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
