package dev.resilient.cloud.forged;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service answered: its status, and the code and text of its error in whatever protocol; empty if there is none. */
record Answer(int status, String code, String message, String body) {
    private static final Pattern CODE = Pattern.compile("<Code>(.*?)</Code>|\"__type\":\"(?:[^\"#]*#)?(.*?)\"");
    private static final Pattern MESSAGE =
            Pattern.compile("<Message>(.*?)</Message>|\"[mM]essage\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final Pattern REQUEST_ID = Pattern.compile("<([rR]equestI[dD])>.*?</\\1>");

    /** Reads one answer, which says how long it is. */
    static Answer read(InputStream stream) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = stream.read();
            if (next < 0) {
                throw new EOFException("after: " + head);
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        byte[] bytes = length.find() ? stream.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        String body = new String(bytes, UTF_8);
        return new Answer(Integer.parseInt(head.substring(9, 12)), find(CODE, body), plain(find(MESSAGE, body)), body);
    }

    /** Everything but the request's id. */
    String content() {
        return REQUEST_ID.matcher(body).replaceAll("");
    }

    /** {@code 403 AccessDenied: Access Denied}. */
    String error() {
        return status + " " + code + ": " + message;
    }

    private static String find(Pattern pattern, String body) {
        Matcher found = pattern.matcher(body);
        if (!found.find()) {
            return "";
        }
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private static String plain(String text) {
        return text.replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replace("\\\"", "\"");
    }
}
