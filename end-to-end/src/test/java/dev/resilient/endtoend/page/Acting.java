package dev.resilient.endtoend.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Calls the dashboard as something other than its page would: another page, another name, another program. */
final class Acting {
    private final URI dashboard;

    Acting(URI dashboard) {
        this.dashboard = dashboard;
    }

    /** The name under which the page calls, as a header field. */
    String ownHost() {
        return "Host: " + dashboard.getAuthority();
    }

    /** The status of a request with these header fields and no others; by hand, since clients would correct them. */
    int status(String methodAndPath, String... fields) throws IOException {
        try (Socket socket = new Socket(dashboard.getHost(), dashboard.getPort())) {
            String head = methodAndPath + " HTTP/1.1\r\n" + String.join("\r\n", fields)
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(String.valueOf(answer.readLine()).split(" ")[1]);
        }
    }
}
