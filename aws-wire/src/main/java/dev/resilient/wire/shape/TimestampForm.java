package dev.resilient.wire.shape;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TraitType;

/** The forms that a timestamp has on the wire. */
public enum TimestampForm {
    /** {@code 2015-04-30T20:00:00Z}, with milliseconds where there are any: no service tells more than these. */
    ISO_8601 {
        @Override
        Instant parse(String text) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        }

        @Override
        public String format(Instant moment) {
            return moment.truncatedTo(ChronoUnit.MILLIS).toString();
        }
    },
    /** {@code 2015-04-30T20:00:00.000Z}, as EC2 and S3 write it. */
    ISO_8601_MILLIS {
        @Override
        Instant parse(String text) {
            return ISO_8601.parse(text);
        }

        @Override
        public String format(Instant moment) {
            return WITH_MILLIS.format(moment);
        }
    },
    /** {@code Thu, 30 Apr 2015 20:00:00 GMT}. */
    RFC_822 {
        @Override
        Instant parse(String text) {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
        }

        @Override
        public String format(Instant moment) {
            return HTTP_DATE.format(moment);
        }
    },
    /** Seconds since 1970, with milliseconds as a fraction. */
    UNIX {
        @Override
        Instant parse(String text) {
            return Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000));
        }

        @Override
        public String format(Instant moment) {
            return BigDecimal.valueOf(moment.toEpochMilli(), 3)
                    .stripTrailingZeros()
                    .toPlainString();
        }
    };

    private static final DateTimeFormatter WITH_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Reads a timestamp; throws {@link java.time.DateTimeException} or {@link IllegalArgumentException} if it is none. */
    abstract Instant parse(String text);

    /** The moment in this form. */
    public abstract String format(Instant moment);

    /** The form that the member itself asks for. */
    public static Optional<TimestampForm> of(SdkField<?> field) {
        TimestampFormatTrait trait = field.getTrait(TimestampFormatTrait.class, TraitType.TIMESTAMP_FORMAT_TRAIT);
        return trait == null
                ? Optional.empty()
                : Optional.of(
                        switch (trait.format()) {
                            case ISO_8601 -> ISO_8601;
                            case RFC_822 -> RFC_822;
                            case UNIX_TIMESTAMP, UNIX_TIMESTAMP_MILLIS -> UNIX;
                        });
    }
}
