package dev.resilient.cloud.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b-c", "1st", "192.168.5.4.5"})
    void a_good_name_is_valid(String name) {
        assertThat(BucketName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ab", "Capital", "under_score", "a/b", "192.168.5.4", "a..b", "-ab", "ab-", ".ab", "xn--a"})
    void any_other_name_is_not(String name) {
        assertThat(BucketName.isValid(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {62, 63, 64})
    void sixty_three_characters_are_the_most(int length) {
        assertThat(BucketName.isValid("a".repeat(length))).isEqualTo(length <= 63);
    }
}
