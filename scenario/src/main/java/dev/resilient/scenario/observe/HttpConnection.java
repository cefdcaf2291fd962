package dev.resilient.scenario.observe;

import dev.resilient.time.TimeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 connection (RFC 9112) for GET requests without a body. The JDK's clients repeat a failed GET by themselves,
 * which would hide the very failures that are to be counted; this one sends each request once. Used by one thread at a time.
 */
final class HttpConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LARGEST_BODY = 1024 * 1024;

    private final Socket socket = new Socket();
    private final TimeSource time;
    private final String authority;
    private final InputStream in;
    private final long patienceNanos;
    private long deadlineNanos;
    private boolean reusable = true;
    private boolean answerBegan;

    private HttpConnection(URI endpoint, Duration patience, TimeSource time) throws IOException {
        this.time = time;
        this.authority = endpoint.getAuthority();
        this.patienceNanos = patience.toNanos();
        try {
            var address = new InetSocketAddress(endpoint.getHost(), port(endpoint));
            if (address.isUnresolved()) {
                throw new UnknownHostException("the name " + endpoint.getHost() + " is not known");
            }
            socket.connect(address, (int) patience.toMillis());
            socket.setTcpNoDelay(true);
            this.in = new BufferedInputStream(new BoundedInput(socket.getInputStream()));
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    /**
     * Connects.
     *
     * @param patience how long connecting may take, and then each exchange
     */
    static HttpConnection open(URI endpoint, Duration patience, TimeSource time) throws IOException {
        return new HttpConnection(endpoint, patience, time);
    }

    /** A whole response. Header names are in lower case. */
    record Response(int status, Map<String, String> headers, String body) {}

    /** Whether both sides want to use the connection for another request. */
    boolean isReusable() {
        return reusable;
    }

    /** Whether anything of the answer to the latest request has arrived. */
    boolean hasBegunToAnswer() {
        return answerBegan;
    }

    /** Sends a GET and reads the answer; after a failure the connection is of no more use. */
    Response get(boolean keepAlive) throws IOException {
        deadlineNanos = time.nanoTime() + patienceNanos;
        reusable = false;
        answerBegan = false;
        String request = "GET / HTTP/1.1\r\nHost: " + authority
                + "\r\nAccept: application/json\r\nUser-Agent: resilient-scenario\r\nConnection: "
                + (keepAlive ? "keep-alive" : "close") + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String statusLine = line();
        if (!statusLine.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new IOException("the answer does not begin like HTTP");
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = headers();
        String body = new String(body(headers), StandardCharsets.UTF_8);
        reusable = keepAlive
                && statusLine.startsWith("HTTP/1.1")
                && !headers.getOrDefault("connection", "").equalsIgnoreCase("close")
                && isDelimited(headers);
        return new Response(status, headers, body);
    }

    @Override
    public void close() {
        reusable = false;
        try {
            socket.close();
        } catch (IOException failure) {
            // The socket is gone either way, and there is nothing that the caller of a probe could do about it.
            reusable = false;
        }
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() < 0 ? 80 : endpoint.getPort();
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header line without a colon");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static boolean isDelimited(Map<String, String> headers) {
        return headers.containsKey("content-length") || isChunked(headers);
    }

    private static boolean isChunked(Map<String, String> headers) {
        return headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (isChunked(headers)) {
            return chunks();
        }
        if (headers.containsKey("content-length")) {
            return exactly(number(headers.get("content-length"), 10));
        }
        return in.readNBytes(LARGEST_BODY);
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = number(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            body.write(exactly(size));
            if (!line().isEmpty() || body.size() > LARGEST_BODY) {
                throw new IOException("a chunk without an end");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ends in the middle of its body");
        }
        return bytes;
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text, radix);
            if (number < 0 || number > LARGEST_BODY) {
                throw new IOException("a body of " + text + " bytes is beyond measure");
            }
            return number;
        } catch (NumberFormatException notANumber) {
            throw new IOException("a length that is no number: " + text, notANumber);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException(
                        line.size() == 0
                                ? "the connection was closed without an answer"
                                : "the answer ends in the middle of a line");
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("a header line without an end");
            }
            answerBegan = true;
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Reads from the socket until the deadline of the current exchange, however slowly the bytes drip in. */
    private final class BoundedInput extends InputStream {
        private final InputStream source;

        BoundedInput(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            long leftMillis = (deadlineNanos - time.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new SocketTimeoutException("no whole answer in time");
            }
            socket.setSoTimeout((int) leftMillis);
            return source.read(into, offset, length);
        }
    }
}
