package dev.resilient.loadbalancer.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody but the balancer can read or write. */
class CookieSealTest {
    private final CookieSeal seal = new CookieSeal();

    @Test
    void what_is_sealed_opens_under_its_name_and_with_its_key_only() {
        String value = seal.seal("AWSALB", "i-1 grün");
        assertThat(seal.open("AWSALB", value)).isEqualTo("i-1 grün");
        assertThat(seal.open("AWSALBTG", value)).isNull();
        assertThat(new CookieSeal().open("AWSALB", value)).isNull();
    }

    @Test
    void a_value_with_one_bit_changed_does_not_open() {
        byte[] sealed = Base64.getDecoder().decode(seal.seal("AWSALB", "i-1"));
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThat(seal.open("AWSALB", Base64.getEncoder().encodeToString(forged)))
                    .as("bit %s", bit)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a", "nonsense!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="})
    void what_was_never_sealed_does_not_open(String value) {
        assertThat(seal.open("AWSALB", value)).isNull();
    }

    @Test
    void the_same_text_is_never_sealed_in_the_same_way_twice() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(values.add(seal.seal("AWSALB", "i-1"))).isTrue();
        }
    }
}
