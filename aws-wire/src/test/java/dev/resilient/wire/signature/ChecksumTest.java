package dev.resilient.wire.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check values that the catalogue of CRC algorithms and the hash standards give for the text 123456789. */
final class ChecksumTest {

    @ParameterizedTest
    @CsvSource({
        "CRC_32, cbf43926",
        "CRC_32_C, e3069283",
        "CRC_64_NVME, ae8b14860a799888",
        "MD5, 25f9e794323b453885f5181f1b624d0b",
        "SHA_1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA_256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    })
    void check_values_are_the_published_ones(Checksum checksum, String expected) {
        assertThat(HexFormat.of().formatHex(checksum.of("123456789".getBytes(US_ASCII))))
                .isEqualTo(expected);
    }
}
