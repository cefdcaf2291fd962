package dev.resilient.loadbalancer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fault matrix: for each way in which a client or a target can fail in a message, what the other one sees and what is recorded;
 * or why there is nothing to see.
 */
final class FaultMatrix {
    /** Columns: who, message, part, fault; the client's view, the target's, the record; or a dash and why the cell is empty. */
    private static final String TABLE = """
            client, request, head, close          | gone                  | not reached | 400 REQUEST_INCOMPLETE
            client, request, head, reset          | gone                  | not reached | 400 REQUEST_INCOMPLETE
            client, request, head, stall          | 408, closed           | not reached | 408 REQUEST_TIMEOUT
            client, request, head, illegal        | 400, closed           | not reached | 400 MALFORMED_REQUEST
            client, request, head, idle           | closed                | not reached | nothing
            client, request, length, close        | gone                  | ended       | 400 REQUEST_INCOMPLETE
            client, request, length, reset        | gone                  | ended       | 400 REQUEST_INCOMPLETE
            client, request, length, stall        | 408, closed           | ended       | 408 REQUEST_TIMEOUT
            client, request, length, illegal      | 200, kept             | kept        | 200
            client, request, length, idle         | 408, closed           | ended       | 408 REQUEST_TIMEOUT
            client, request, chunked, close       | gone                  | ended       | 400 REQUEST_INCOMPLETE
            client, request, chunked, reset       | gone                  | ended       | 400 REQUEST_INCOMPLETE
            client, request, chunked, stall       | 408, closed           | ended       | 408 REQUEST_TIMEOUT
            client, request, chunked, illegal     | 400, closed           | ended       | 400 MALFORMED_REQUEST
            client, request, chunked, idle        | 408, closed           | ended       | 408 REQUEST_TIMEOUT
            client, response, head, close         | gone                  | ended       | 460 CLIENT_CLOSED
            client, response, head, reset         | gone                  | ended       | 460 CLIENT_CLOSED
            client, response, head, stall         | - A head fits into every buffer on the way: nobody notices who does not read it.
            client, response, head, illegal       | 200, 400, closed      | kept        | 200, 400 MALFORMED_REQUEST
            client, response, head, idle          | - Silence is how a client waits.
            client, response, length, close       | gone                  | ended       | 200 RESPONSE_ABANDONED
            client, response, length, reset       | gone                  | ended       | 200 RESPONSE_ABANDONED
            client, response, length, stall       | 200 cut, closed       | ended       | 200 RESPONSE_ABANDONED
            client, response, length, illegal     | 200, 400, closed      | kept        | 200, 400 MALFORMED_REQUEST
            client, response, length, idle        | 200, closed           | ended       | 200
            client, response, chunked, close      | gone                  | ended       | 200 RESPONSE_ABANDONED
            client, response, chunked, reset      | gone                  | ended       | 200 RESPONSE_ABANDONED
            client, response, chunked, stall      | 200 cut, closed       | ended       | 200 RESPONSE_ABANDONED
            client, response, chunked, illegal    | 200, 400, closed      | kept        | 200, 400 MALFORMED_REQUEST
            client, response, chunked, idle       | 200, closed           | ended       | 200
            client, response, until close, close  | gone                  | ended       | 200 RESPONSE_ABANDONED
            client, response, until close, reset  | gone                  | ended       | 200 RESPONSE_ABANDONED
            client, response, until close, stall  | 200 cut, reset        | ended       | 200 RESPONSE_ABANDONED
            client, response, until close, illegal| 200, closed           | left        | 200
            client, response, until close, idle   | - The connection ends with the response: there is nothing to be silent on.
            target, request, head, close          | - A target that closes with the request unread resets the connection.
            target, request, head, reset          | - A head is sent in one piece: see response, head.
            target, request, head, stall          | - A head fits into every buffer on the way: see response, head, idle.
            target, request, head, illegal        | - A head is sent in one piece: see response, head.
            target, request, head, idle           | - Silence is how a target listens.
            target, request, length, close        | 502, closed           | left        | 502 TARGET_CLOSED
            target, request, length, reset        | 502, closed           | left        | 502 TARGET_RESET
            target, request, length, stall        | 504, closed           | ended       | 504 TARGET_TIMEOUT
            target, request, length, illegal      | 502, closed           | ended       | 502 MALFORMED_RESPONSE
            target, request, length, idle         | - Silence is how a target listens.
            target, request, chunked, close       | 502, closed           | left        | 502 TARGET_CLOSED
            target, request, chunked, reset       | 502, closed           | left        | 502 TARGET_RESET
            target, request, chunked, stall       | 504, closed           | ended       | 504 TARGET_TIMEOUT
            target, request, chunked, illegal     | 502, closed           | ended       | 502 MALFORMED_RESPONSE
            target, request, chunked, idle        | - Silence is how a target listens.
            target, response, head, close         | 502, kept             | left        | 502 TARGET_CLOSED
            target, response, head, reset         | 502, kept             | left        | 502 TARGET_RESET
            target, response, head, stall         | 504, kept             | ended       | 504 TARGET_TIMEOUT
            target, response, head, illegal       | 502, kept             | ended       | 502 MALFORMED_RESPONSE
            target, response, head, idle          | 504, kept             | ended       | 504 TARGET_TIMEOUT
            target, response, length, close       | 200 cut, closed       | left        | 200 RESPONSE_CUT
            target, response, length, reset       | 200 cut, closed       | left        | 200 RESPONSE_CUT
            target, response, length, stall       | 200 cut, closed       | ended       | 200 RESPONSE_CUT
            target, response, length, illegal     | 200, kept             | kept        | 200
            target, response, length, idle        | 200 cut, closed       | ended       | 200 RESPONSE_CUT
            target, response, chunked, close      | 200 cut, closed       | left        | 200 RESPONSE_CUT
            target, response, chunked, reset      | 200 cut, closed       | left        | 200 RESPONSE_CUT
            target, response, chunked, stall      | 200 cut, closed       | ended       | 200 RESPONSE_CUT
            target, response, chunked, illegal    | 200 cut, closed       | ended       | 200 RESPONSE_CUT
            target, response, chunked, idle       | 200 cut, closed       | ended       | 200 RESPONSE_CUT
            target, response, until close, close  | 200, closed           | left        | 200
            target, response, until close, reset  | 200 cut, reset        | left        | 200 RESPONSE_CUT
            target, response, until close, stall  | 200 cut, reset        | ended       | 200 RESPONSE_CUT
            target, response, until close, illegal| - Any byte is legal in a body without framing.
            target, response, until close, idle   | 200 cut, reset        | ended       | 200 RESPONSE_CUT
            """;

    private FaultMatrix() {}

    /** What is to be seen in each cell, in the order of the table; empty where there is nothing to see. */
    static Map<FaultCell, Optional<FaultOutcome>> cells() {
        Map<FaultCell, Optional<FaultOutcome>> cells = new LinkedHashMap<>();
        TABLE.lines().forEach(line -> {
            String[] columns = columns(line);
            Optional<FaultOutcome> before = cells.put(cell(columns), outcome(columns));
            if (before != null) {
                throw new IllegalStateException("twice in the matrix: " + columns[0]);
            }
        });
        return cells;
    }

    private static String[] columns(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
    }

    private static FaultCell cell(String[] columns) {
        String[] names = columns[0].split(", ");
        return FaultCell.of(names[0], names[1], names[2], names[3]);
    }

    private static Optional<FaultOutcome> outcome(String[] columns) {
        return columns[1].startsWith("- ")
                ? Optional.empty()
                : Optional.of(new FaultOutcome(columns[1], columns[2], columns[3]));
    }

    /** The rows of the table for the document. */
    static String markdown() {
        StringBuilder rows = new StringBuilder();
        TABLE.lines().map(FaultMatrix::columns).forEach(columns -> {
            String cells = columns[0].replace(", ", " | ");
            String seen = columns[1].startsWith("- ")
                    ? "– | – | " + columns[1].substring(2)
                    : columns[1] + " | " + columns[2] + " | " + columns[3];
            rows.append("| ").append(cells).append(" | ").append(seen).append(" |\n");
        });
        return rows.toString();
    }
}
