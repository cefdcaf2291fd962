package dev.resilient.loadbalancer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that keeps all it received, and tells in the words of the fault matrix what became of its requests. */
final class FaultClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private final Socket socket;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String end = "";

    private FaultClient(Socket socket) {
        this.socket = socket;
    }

    static FaultClient connect(InetSocketAddress address) throws IOException {
        return connect(address, new Socket());
    }

    /** With hardly any room for what it has not read yet. */
    static FaultClient connectNarrow(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        return connect(address, socket);
    }

    private static FaultClient connect(InetSocketAddress address, Socket socket) throws IOException {
        socket.connect(address);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new FaultClient(socket);
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends the same without end, until it is not let any more. */
    void flood(String bytes) {
        byte[] block = bytes.repeat((1 << 16) / bytes.length()).getBytes(StandardCharsets.ISO_8859_1);
        try {
            while (!socket.isClosed()) {
                socket.getOutputStream().write(block);
            }
        } catch (IOException ended) {
            assert !ended.getMessage().isEmpty();
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        end = "gone";
        socket.close();
    }

    /** Reads until {@code text} has come. */
    void await(String text) throws IOException {
        while (!received().contains(text) && read()) {
            // Until then.
        }
    }

    /** All that comes until the end of the connection; how that ended is left out. */
    String rest() throws IOException {
        while (end.isEmpty() && read()) {
            // Until the end.
        }
        return received();
    }

    /** What it sees; if its connection is to be kept after so many responses, by sending another request on it. */
    String view(FaultOutcome expected, String probe) throws IOException {
        if (expected.keepsClient()) {
            int responses = expected.client().split(", ").length - 1;
            while (responses().size() < responses && read()) {
                // Until then.
            }
            if (end.isEmpty()) {
                send(probe);
                while (responses().size() <= responses && read()) {
                    // Until then.
                }
                return String.join(", ", responses().subList(0, responses)) + (end.isEmpty() ? ", kept" : ", lost");
            }
        }
        while (end.isEmpty() && read()) {
            // Until the end.
        }
        List<String> seen = new ArrayList<>(end.equals("gone") ? List.of() : responses());
        seen.add(end);
        return String.join(", ", seen);
    }

    /** All that has come so far; one character for each byte. */
    String received() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads some more; false at the end of the connection. */
    boolean read() throws IOException {
        byte[] block = new byte[1 << 16];
        try {
            int count = socket.getInputStream().read(block);
            if (count < 0) {
                end = "closed";
                return false;
            }
            bytes.write(block, 0, count);
            return true;
        } catch (SocketException reset) {
            assert reset.getMessage().contains("reset") : reset;
            end = "reset";
            return false;
        }
    }

    /** The statuses that came, those of incomplete responses only if there is no more to come. */
    private List<String> responses() {
        List<String> responses = new ArrayList<>();
        String text = received();
        int at = 0;
        while (at < text.length()) {
            int next = Http.responseEnd(text, at, end.equals("closed"));
            if (next >= 0) {
                responses.add(text.substring(at + 9, at + 12));
                at = next;
            } else {
                if (!end.isEmpty()) {
                    responses.add(text.substring(at + 9, at + 12) + " cut");
                }
                break;
            }
        }
        return responses;
    }
}
