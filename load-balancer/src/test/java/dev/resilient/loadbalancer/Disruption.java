package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.RawTarget.Connection;
import java.io.IOException;

/** What can go wrong with a request other than in its bytes: a connection, a target or a listener that is not there any more. */
enum Disruption {
    CONNECT_REFUSED("the target refuses the connection", "502, kept", "not reached", "502 CONNECT_FAILED") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.divertTo(scene.refusing());
            scene.sendRequest();
        }
    },
    CONNECT_STALLED("the target does not answer the connection", "504, kept", "not reached", "504 CONNECT_TIMEOUT") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.divertTo(scene.stalling());
            scene.sendRequest();
        }
    },
    TARGET_CLOSES_BETWEEN(
            "the target closes its kept connection between requests", "200, 200, kept", "ended", "200, 200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.exchangeRequest();
            scene.tellTarget();
            scene.awaitTarget();
            scene.sendRequest();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            connection.write(FaultStage.OK);
            if (scene.isFirst()) {
                scene.awaitPlay();
                connection.socket().shutdownOutput();
                scene.drain(connection);
                scene.tellPlay();
            }
        }
    },
    TARGET_SPEAKS_BETWEEN("the target sends a response between requests", "200, 200, kept", "ended", "200, 200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            TARGET_CLOSES_BETWEEN.play(scene);
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            connection.write(FaultStage.OK);
            if (scene.isFirst()) {
                scene.awaitPlay();
                connection.write(Http.head("HTTP/1.1 418 Unasked", "Content-Length: 0"));
                scene.drain(connection);
                scene.tellPlay();
            }
        }
    },
    TARGET_GONE_BETWEEN("the target is gone between requests", "200, 502, kept", "ended", "200, 502 CONNECT_FAILED") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.exchangeRequest();
            scene.target().stopListening();
            scene.tellTarget();
            scene.awaitTarget();
            scene.sendRequest();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            TARGET_CLOSES_BETWEEN.answer(scene, connection);
        }

        @Override
        void restore(DisruptionScene scene) throws Exception {
            scene.replaceTarget();
        }
    },
    CLIENT_CLOSES_BETWEEN("the client closes its kept connection between requests", "gone", "kept", "200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.exchangeRequest();
            scene.client().close();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            connection.write(FaultStage.OK);
            scene.watch(connection);
        }
    },
    CLIENT_RESETS_BETWEEN("the client resets its kept connection between requests", "gone", "kept", "200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.exchangeRequest();
            scene.client().reset();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            CLIENT_CLOSES_BETWEEN.answer(scene, connection);
        }
    },
    DEREGISTERED_BEFORE_RESPONSE(
            "the deregistration delay elapses before the response",
            "502, kept",
            "ended",
            "502 DEREGISTRATION_DELAY_ELAPSED") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.sendRequest();
            scene.awaitTarget();
            scene.deregister();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws IOException {
            scene.tellPlay();
            scene.watch(connection);
        }
    },
    DEREGISTERED_IN_RESPONSE(
            "the deregistration delay elapses in the response", "200 cut, closed", "ended", "200 RESPONSE_CUT") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.sendRequest();
            scene.awaitHalfAResponse();
            scene.deregister();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws IOException {
            connection.write(HALF);
            scene.watch(connection);
        }
    },
    DEREGISTERED_AND_IDLE("the deregistration delay elapses between requests", "200, kept", "ended", "200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.exchangeRequest();
            scene.deregister();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            CLIENT_CLOSES_BETWEEN.answer(scene, connection);
        }
    },
    LISTENER_CLOSED_IN_HEAD("the listener is closed in the head of a request", "200, closed", "kept", "200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.client().send("GET / HTTP/1.1\r\nHo");
            scene.settle();
            scene.stage().listener().close();
            scene.settle();
            scene.client().send("st: a\r\n\r\n");
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            CLIENT_CLOSES_BETWEEN.answer(scene, connection);
        }
    },
    LISTENER_CLOSED_BEFORE_RESPONSE("the listener is closed before the response", "200, closed", "kept", "200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.sendRequest();
            scene.awaitTarget();
            scene.stage().listener().close();
            scene.tellTarget();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            scene.tellPlay();
            scene.awaitPlay();
            CLIENT_CLOSES_BETWEEN.answer(scene, connection);
        }
    },
    LISTENER_CLOSED_IN_RESPONSE("the listener is closed in the response", "200, closed", "kept", "200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.sendRequest();
            scene.awaitHalfAResponse();
            scene.stage().listener().close();
            scene.tellTarget();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            connection.write(HALF);
            scene.awaitPlay();
            connection.write("world");
            scene.watch(connection);
        }
    },
    LISTENER_CLOSED_BETWEEN("the listener is closed between requests", "200, closed", "kept", "200") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.exchangeRequest();
            scene.stage().listener().close();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            CLIENT_CLOSES_BETWEEN.answer(scene, connection);
        }
    },
    BALANCER_CLOSED_IN_HEAD(
            "the load balancer is closed in the head of a request", "closed", "not reached", "503 BALANCER_CLOSED") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.client().send("GET / HTTP/1.1\r\nHo");
            scene.settle();
            scene.stage().balancer().close();
        }
    },
    BALANCER_CLOSED_BEFORE_RESPONSE(
            "the load balancer is closed before the response", "closed", "ended", "503 BALANCER_CLOSED") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.sendRequest();
            scene.awaitTarget();
            scene.stage().balancer().close();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            DEREGISTERED_BEFORE_RESPONSE.answer(scene, connection);
        }
    },
    BALANCER_CLOSED_IN_RESPONSE(
            "the load balancer is closed in the response", "200 cut, closed", "ended", "200 RESPONSE_CUT") {
        @Override
        void play(DisruptionScene scene) throws Exception {
            scene.sendRequest();
            scene.awaitHalfAResponse();
            scene.stage().balancer().close();
        }

        @Override
        void answer(DisruptionScene scene, Connection connection) throws Exception {
            DEREGISTERED_IN_RESPONSE.answer(scene, connection);
        }
    };

    private static final String HALF = Http.head("HTTP/1.1 200 OK", "Content-Length: 10") + "hello";
    private final String description;
    private final String client;
    private final String target;
    private final String recorded;

    Disruption(String description, String client, String target, String recorded) {
        this.description = description;
        this.client = client;
        this.target = target;
        this.recorded = recorded;
    }

    FaultOutcome expected() {
        return new FaultOutcome(client, target, recorded);
    }

    /** What the client does, and what happens meanwhile. */
    abstract void play(DisruptionScene scene) throws Exception;

    /** What the target does with a request. */
    void answer(DisruptionScene scene, Connection connection) throws Exception {
        throw new AssertionError("reached in spite of: " + description);
    }

    /** Makes the stage fit for the probes. */
    void restore(DisruptionScene scene) throws Exception {
        scene.restoreStage();
    }

    boolean closesBalancer() {
        return name().startsWith("BALANCER");
    }

    /** The rows of the table for the document. */
    static String markdown() {
        StringBuilder rows = new StringBuilder();
        for (Disruption disruption : values()) {
            rows.append("| %s | %s | %s | %s |\n"
                    .formatted(disruption.description, disruption.client, disruption.target, disruption.recorded));
        }
        return rows.toString();
    }

    @Override
    public String toString() {
        return description;
    }
}
