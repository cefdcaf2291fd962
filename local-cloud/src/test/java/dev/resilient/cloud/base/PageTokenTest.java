package dev.resilient.cloud.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.ServiceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

    @Test
    void a_token_gives_its_key_back() {
        assertThat(PageToken.key(PageToken.after("größer/a b"), PageTokenTest::refused))
                .isEqualTo("größer/a b");
        assertThat(PageToken.after("größer/a b")).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "no base64!", "YWZ0ZXI"})
    void another_text_is_none(String text) {
        assertThatThrownBy(() -> PageToken.key(text, PageTokenTest::refused)).hasMessage("no token");
    }

    private static ServiceError refused() {
        return ServiceError.badRequest("InvalidNextToken", "no token");
    }
}
