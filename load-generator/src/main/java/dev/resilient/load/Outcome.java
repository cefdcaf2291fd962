package dev.resilient.load;

/** What became of a request. */
public sealed interface Outcome {

    /**
     * A whole response.
     *
     * @param status the status code
     * @param server the Server field; empty if there is none
     * @param body as UTF-8
     */
    record Response(int status, String server, String body) implements Outcome {}

    /** No connection could be made; {@code reason} says why. */
    record ConnectFailure(String reason) implements Outcome {}

    /** The connection ended, or what came over it was no HTTP, before the whole response was there. */
    record Broken(String reason) implements Outcome {}

    /** The user's patience ended before the whole response was there. */
    record TimeOut() implements Outcome {}
}
