package dev.resilient.expression.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ValueSizeTest {

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "12, 2", "123, 3", "1000, 2", "-1, 3", "0.001, 2", "12345678901234567890, 11"})
    void two_significant_digits_take_a_byte_and_the_number_one_more(String number, int size) {
        assertThat(size(AttributeValue.fromN(number))).isEqualTo(size);
    }

    @Test
    void strings_weigh_what_utf_8_weighs() {
        String text = "aé€\uD83D\uDE00";

        assertThat(size(AttributeValue.fromS(text))).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void the_other_types_weigh_what_the_guide_says() {
        assertThat(size(AttributeValue.fromB(SdkBytes.fromByteArray(new byte[7]))))
                .isEqualTo(7);
        assertThat(size(AttributeValue.fromBool(true))).isEqualTo(1);
        assertThat(size(AttributeValue.fromNul(true))).isEqualTo(1);
        assertThat(size(AttributeValue.fromSs(List.of("ab", "c")))).isEqualTo(3);
        assertThat(size(AttributeValue.fromL(List.of()))).isEqualTo(3);
        assertThat(size(AttributeValue.fromL(List.of(AttributeValue.fromS("ab")))))
                .isEqualTo(3 + 1 + 2);
        assertThat(size(AttributeValue.fromM(Map.of("key", AttributeValue.fromS("ab")))))
                .isEqualTo(3 + 1 + 3 + 2);
    }

    @Test
    void an_item_weighs_its_names_too() {
        Item item = Item.of(
                AttributeValues.checked(Map.of("id", AttributeValue.fromN("1"), "title", AttributeValue.fromS("x"))));

        assertThat(item.size()).isEqualTo(2 + 2 + 5 + 1);
    }

    private static int size(AttributeValue value) {
        return ValueSize.of(AttributeValues.checked(value));
    }
}
