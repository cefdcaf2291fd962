package dev.resilient.loadbalancer;

import java.util.Arrays;
import java.util.Locale;

/** A place in the fault matrix: who fails, in which message, in which part of it, and how. */
record FaultCell(Side side, Message message, Part part, Fault fault) {

    enum Side {
        CLIENT,
        TARGET
    }

    /** The message that is under way when its sender or its receiver fails. */
    enum Message {
        REQUEST,
        RESPONSE
    }

    /** The part of the message: its head, or a body by how it ends. */
    enum Part {
        HEAD("", "", ""),
        LENGTH("Content-Length: 10", "hello", "world"),
        CHUNKED("Transfer-Encoding: chunked", "5\r\nhello\r\n", "0\r\n\r\n"),
        /** Responses only, to a client of HTTP/1.0. */
        UNTIL_CLOSE("X-Framing: none", "hello", "world");

        private final String field;
        private final String half;
        private final String rest;

        Part(String field, String half, String rest) {
            this.field = field;
            this.half = half;
            this.rest = rest;
        }

        /** The field that says how the body ends. */
        String field() {
            return field;
        }

        /** The first half of the body. */
        String half() {
            return half;
        }

        /** The other half. */
        String rest() {
            return rest;
        }
    }

    enum Fault {
        /** It closes its connection in the middle of the part. */
        CLOSE,
        /** It resets its connection in the middle of the part. */
        RESET,
        /** It stops in the middle of the part, sending or reading. */
        STALL,
        /** It sends a NUL and two line ends in the middle of the part. */
        ILLEGAL,
        /** It never begins the part. */
        IDLE
    }

    /** Whether the idle timeout decides what happens. */
    boolean isTimed() {
        return fault == Fault.STALL || fault == Fault.IDLE;
    }

    /** By its names in the matrix. */
    static FaultCell of(String side, String message, String part, String fault) {
        return new FaultCell(
                named(Side.values(), side),
                named(Message.values(), message),
                named(Part.values(), part),
                named(Fault.values(), fault));
    }

    private static <E extends Enum<E>> E named(E[] values, String name) {
        return Arrays.stream(values)
                .filter(value -> name(value).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + name + "' is none of " + Arrays.toString(values)));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public String toString() {
        return String.join(", ", name(side), name(message), name(part), name(fault));
    }
}
