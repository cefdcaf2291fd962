package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document of faults is what the matrix says; {@code -Dfaults.write=true} writes it anew. */
class FaultDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "load-balancer-faults.md");

    @Test
    void the_document_shows_the_matrix() throws IOException {
        if (Boolean.getBoolean("faults.write")) {
            Files.writeString(DOCUMENT, document());
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document());
    }

    private static String document() {
        return """
            # What a fault looks like through the load balancer

            A client or a target fails in the middle of a request or its response: what does the other one see, and what is recorded? Each row is played by `FaultMatrixTest` on real sockets, and this page is compared with the table that it plays. After each row another client is served, nothing is in flight, and no buffer and no socket is left.

            - **fault**: `close` and `reset` of the connection in the middle of the part; `stall`, no byte is sent or read any more; `illegal`, a NUL and two line ends; `idle`, the part never begins. What ends `stall` and `idle` is the idle timeout.
            - **client** and **target**: the statuses that the client received and what became of either connection. `cut` is a response that is visibly incomplete: it ends before its length or its last chunk, or with a reset where only the end of the connection would have ended it. `kept` is a connection that served another request, `ended` one that the balancer closed, `left` and `gone` one that its own side closed, `not reached` one that was never opened.
            - **recorded**: the status in the log, and the balancer's reason where the balancer answered or gave up.

            ## In a message

            `until close` is a response without length or chunks, to a client of HTTP/1.0.

            | who fails | in | part | fault | client | target | recorded |
            |---|---|---|---|---|---|---|
            %s
            ## Around a message

            | what happens | client | target | recorded |
            |---|---|---|---|
            %s""".formatted(FaultMatrix.markdown(), Disruption.markdown());
    }
}
