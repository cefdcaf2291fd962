package dev.resilient.loadbalancer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends and receives bytes, and knows no more of HTTP than where a response ends. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    /** One request on a connection of its own. */
    static Response exchange(InetSocketAddress address, String request) throws IOException {
        try (RawClient client = connect(address)) {
            return client.send(request).response();
        }
    }

    static Response get(InetSocketAddress address) throws IOException {
        return exchange(address, Http.get());
    }

    RawClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** One response, by its Content-Length, its chunks or the end of the connection. */
    Response response() throws IOException {
        return responseTo("GET");
    }

    Response responseTo(String method) throws IOException {
        String head = head();
        Response bare = new Response(head, "");
        if (method.equals("HEAD") || bare.status() < 200 || bare.status() == 204 || bare.status() == 304) {
            return bare;
        }
        String length = bare.field("Content-Length");
        if (!length.isEmpty()) {
            return new Response(head, bytes(Integer.parseInt(length)));
        }
        return new Response(head, bare.field("Transfer-Encoding").equals("chunked") ? chunks() : rest());
    }

    /** Bytes up to and including an empty line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!Http.endsHead(head)) {
            head.append((char) read());
        }
        return head.toString();
    }

    String bytes(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            body.append(bytes(size));
            bytes(2);
            size = Integer.parseInt(line(), 16);
        }
        while (!line().isEmpty()) {
            // Trailers.
        }
        return body.toString();
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) read());
        }
        return line.substring(0, line.length() - 2);
    }

    private int read() throws IOException {
        int b = socket.getInputStream().read();
        if (b < 0) {
            throw new IOException("closed in the middle of a line");
        }
        return b;
    }

    /** All that comes until the balancer closes or resets the connection. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                rest.write(b);
            }
        } catch (SocketException reset) {
            // A reset ends what comes as well as a close does.
            assert reset.getMessage().contains("reset") : reset;
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends no more, and goes on receiving. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A response as it came. */
    record Response(String head, String body) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /** The value of the first field of this name; empty if there is none. */
        String field(String name) {
            return head.lines()
                    .skip(1)
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }
}
