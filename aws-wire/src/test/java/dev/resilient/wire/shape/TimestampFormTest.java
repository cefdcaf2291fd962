package dev.resilient.wire.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimestampFormTest {
    @ParameterizedTest
    @CsvSource({
        "ISO_8601, 2026-01-02T03:04:35.005357115Z, 2026-01-02T03:04:35.005Z",
        "ISO_8601, 2026-01-02T03:04:35Z, 2026-01-02T03:04:35Z",
        "ISO_8601_MILLIS, 2026-01-02T03:04:35.005357115Z, 2026-01-02T03:04:35.005Z",
        "ISO_8601_MILLIS, 2026-01-02T03:04:35Z, 2026-01-02T03:04:35.000Z",
        "UNIX, 1970-01-01T00:00:01.005357115Z, 1.005"
    })
    void no_form_tells_more_than_milliseconds(TimestampForm form, Instant moment, String text) {
        assertThat(form.format(moment)).isEqualTo(text);
        assertThat(form.parse(text)).isEqualTo(Instant.ofEpochMilli(moment.toEpochMilli()));
    }
}
