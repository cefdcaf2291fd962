package dev.resilient.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a MIME multi-part message (RFC 2046).
 *
 * @param contentType without parameters, in lower case
 * @param body decoded; characters stand for bytes (ISO 8859-1)
 */
record MimePart(String contentType, String body) {
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]+");
    private static final Pattern END_OF_HEADERS = Pattern.compile("\r?\n\r?\n");

    /** Whether a text is a multi-part message, judged by its headers. */
    static boolean isMultipart(String message) {
        return headers(message)
                .getOrDefault("content-type", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("multipart/");
    }

    /** The parts of a multi-part message, in order. A message without a boundary has none. */
    static List<MimePart> split(String message) {
        Matcher boundary = BOUNDARY.matcher(headers(message).getOrDefault("content-type", ""));
        if (!boundary.find()) {
            return List.of();
        }
        String name = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
        String delimiter = "(?:^|\r?\n)--" + Pattern.quote(name);
        String[] pieces = body(message).split(delimiter, -1);
        List<MimePart> parts = new ArrayList<>();
        // Before the first delimiter is a preamble, and the last delimiter ends in two hyphens.
        for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
            parts.add(part(pieces[i].replaceFirst("^[ \t]*\r?\n", "")));
        }
        return parts;
    }

    private static MimePart part(String text) {
        Map<String, String> headers = headers(text);
        String type = headers.getOrDefault("content-type", "text/plain")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        String body = body(text);
        boolean base64 = headers.getOrDefault("content-transfer-encoding", "").equalsIgnoreCase("base64");
        return new MimePart(type, base64 ? decode(body) : body);
    }

    private static String decode(String body) {
        byte[] bytes = Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.ISO_8859_1));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Everything after the first empty line; a part may begin with that line and have no headers. */
    private static String body(String text) {
        Matcher end = END_OF_HEADERS.matcher(text);
        if (text.startsWith("\n") || text.startsWith("\r\n")) {
            return text.replaceFirst("^\r?\n", "");
        }
        return end.find() ? text.substring(end.end()) : "";
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new TreeMap<>();
        String unfolded = FOLD.matcher(text).replaceAll(" ");
        for (String line : unfolded.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                return headers;
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }
}
