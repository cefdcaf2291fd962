package dev.resilient.loadbalancer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A form of the corpus of request smuggling.
 *
 * @param statuses what the client receives
 * @param bytes one character for each byte
 */
record SmugglingForm(List<String> statuses, String name, String bytes) {
    /** Among the statuses: the connection is closed after the response before it. */
    static final String CLOSE = "close";

    private static final Pattern REPEATED = Pattern.compile("\\{([^{}]*)\\*([0-9]+)}", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");

    /** All forms of a resource, in its order. */
    static List<SmugglingForm> read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(SmugglingForm.class.getResourceAsStream(resource))) {
            Stream<String> lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines();
            return lines.filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 3))
                    .map(parts -> new SmugglingForm(Arrays.asList(parts[0].split(" ")), parts[1], unescaped(parts[2])))
                    .toList();
        }
    }

    private static String unescaped(String text) {
        String plain = text.replace("{P}", "POST /form HTTP/1.1\\r\\nHost: a\\r\\n")
                .replace("{G}", "GET /form HTTP/1.1\\r\\nHost: a\\r\\n")
                .replace("{OK}", "HTTP/1.1 200 OK\\r\\n")
                .replace("{POISON}", "HTTP/1.1 299 Poison\\r\\nContent-Length: 0\\r\\n\\r\\n")
                .replace("{S}", "GET /smuggled HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
        String bytes = ESCAPE.matcher(plain)
                .replaceAll(escape -> Matcher.quoteReplacement(Character.toString(escaped(escape.group(1)))));
        return REPEATED.matcher(bytes)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1).repeat(Integer.parseInt(part.group(2)))));
    }

    private static char escaped(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case '0' -> '\0';
            case '\\' -> '\\';
            case 'x' -> (char) Integer.parseInt(escape.substring(1), 16);
            default -> throw new IllegalArgumentException("unknown escape: " + escape);
        };
    }
}
