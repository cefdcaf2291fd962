package dev.resilient.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resilient.wire.ServiceError;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Percent-encoding as signature version 4 wants it: everything but RFC 3986's unreserved characters, in capitals. */
public final class PercentEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /** Encodes every byte of the text's UTF-8 form that is not unreserved. */
    public static String encode(String text) {
        return encode(text, '-');
    }

    /** Encodes a path: like {@link #encode(String)}, but slashes stay. */
    public static String encodePath(String path) {
        return encode(path, '/');
    }

    /** Decodes a part of a path; a plus sign is a plus sign. */
    public static String decode(String text) {
        return decode(text, false);
    }

    /** Decodes a part of a query or a form, where a plus sign is a space. */
    static String decodeForm(String text) {
        return decode(text, true);
    }

    private static String encode(String text, char kept) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(UTF_8)) {
            char character = (char) (each & 0xff);
            if (isUnreserved(character) || character == kept) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX.toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '.'
                || character == '_'
                || character == '~';
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '%') {
                bytes.write(hexByte(text, i + 1));
                i += 2;
            } else if (character == '+' && plusIsSpace) {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(character).getBytes(UTF_8));
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int hexByte(String text, int at) {
        if (at + 2 > text.length()
                || !HexFormat.isHexDigit(text.charAt(at))
                || !HexFormat.isHexDigit(text.charAt(at + 1))) {
            throw ServiceError.badRequest(
                    "MalformedQueryString", "The query string contains a percent sign without two hexadecimal digits.");
        }
        return HexFormat.fromHexDigits(text, at, at + 2);
    }
}
