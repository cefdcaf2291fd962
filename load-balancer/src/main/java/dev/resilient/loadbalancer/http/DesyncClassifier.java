package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.DesyncReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what about a request could make two readers disagree: a pure function of its head. Unlike the readers of this package it
 * makes sense of anything, since it also has to name what is wrong with a head that they refuse.
 */
final class DesyncClassifier {
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern NOT_OF_WORDS = Pattern.compile("[^a-z0-9]");
    private static final Pattern BLANKS = Pattern.compile("^[ \t]+|[ \t]+$");
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");
    private final Set<DesyncReason> found = EnumSet.noneOf(DesyncReason.class);
    private final List<String> lengths = new ArrayList<>();
    private final List<String> encodings = new ArrayList<>();

    private DesyncClassifier() {}

    /**
     * The most severe reason.
     *
     * @param head lines, of which the last may be cut off
     * @return null if the request complies
     */
    static @Nullable DesyncReason classify(byte[] head) {
        DesyncClassifier classifier = new DesyncClassifier();
        String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\n", -1);
        String method = classifier.startLine(content(lines[0]));
        for (int i = 1; i < lines.length && !content(lines[i]).isEmpty(); i++) {
            classifier.field(lines[i]);
        }
        classifier.framing(method);
        return classifier.found.isEmpty() ? null : classifier.found.iterator().next();
    }

    private static String content(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Gives the method. */
    private String startLine(String line) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        String method = first < 0 ? line : line.substring(0, first);
        String uri = last > first ? line.substring(first + 1, last) : "";
        String version = last < 0 ? "" : line.substring(last + 1);
        add(DesyncReason.BAD_METHOD, method.isEmpty() || !method.chars().allMatch(c -> Bytes.isToken((byte) c)));
        add(DesyncReason.BAD_URI, uri.isEmpty() || hasNulOrReturn(uri));
        add(DesyncReason.AMBIGUOUS_URI, uri.chars().anyMatch(Character::isISOControl));
        add(DesyncReason.SPACE_IN_URI, uri.indexOf(' ') >= 0);
        boolean wellFormed = VERSION.matcher(version).matches();
        add(DesyncReason.BAD_VERSION, !wellFormed);
        add(DesyncReason.NON_COMPLIANT_VERSION, !version.equals("HTTP/1.1") && !version.equals("HTTP/1.0"));
        return method;
    }

    private void field(String ended) {
        String line = content(ended);
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value =
                colon < 0 ? "" : BLANKS.matcher(line.substring(colon + 1)).replaceAll("");
        add(DesyncReason.EMPTY_HEADER, name.isBlank());
        add(DesyncReason.BAD_HEADER, hasNulOrReturn(line) || (colon < 0 && !name.isBlank()));
        boolean bareLineFeed = line.length() == ended.length();
        boolean strangeName = !name.chars().allMatch(c -> Bytes.isToken((byte) c));
        boolean strangeValue = !value.chars().allMatch(c -> c < 0x80 && Bytes.isFieldText((byte) c));
        add(DesyncReason.NON_COMPLIANT_HEADER, bareLineFeed || strangeName || strangeValue);
        String lower = name.toLowerCase(Locale.ROOT);
        String words = NOT_OF_WORDS.matcher(lower.strip()).replaceAll("-");
        add(DesyncReason.SUSPICIOUS_HEADER, FRAMING.contains(words) && !lower.equals(words));
        if (lower.equals("content-length")) {
            lengths.add(value);
        } else if (lower.equals("transfer-encoding")) {
            encodings.add(value.toLowerCase(Locale.ROOT));
        }
    }

    private void framing(String method) {
        boolean bodiless = method.equals("GET") || method.equals("HEAD");
        boolean zero = lengths.stream().allMatch(length -> length.matches("0+"));
        long different = lengths.stream().distinct().count();
        add(DesyncReason.BAD_CONTENT_LENGTH, !lengths.stream().allMatch(length -> DIGITS.matcher(length)
                .matches()));
        add(DesyncReason.MULTIPLE_CONTENT_LENGTH, different > 1);
        add(DesyncReason.DUPLICATE_CONTENT_LENGTH, lengths.size() > 1 && different == 1);
        add(DesyncReason.GET_HEAD_ZERO_CONTENT_LENGTH, bodiless && !lengths.isEmpty() && zero);
        add(DesyncReason.UNDEFINED_CONTENT_LENGTH_SEMANTICS, bodiless && !zero);
        add(
                DesyncReason.BAD_TRANSFER_ENCODING,
                !encodings.stream().allMatch(encoding -> encoding.equals("chunked") || encoding.equals("identity")));
        add(
                DesyncReason.MULTIPLE_TRANSFER_ENCODING_CHUNKED,
                encodings.stream().filter("chunked"::equals).count() > 1);
        add(DesyncReason.UNDEFINED_TRANSFER_ENCODING_SEMANTICS, bodiless && !encodings.isEmpty());
        add(DesyncReason.BOTH_TE_CL_PRESENT, !lengths.isEmpty() && !encodings.isEmpty());
    }

    private static boolean hasNulOrReturn(String text) {
        return text.indexOf('\0') >= 0 || text.indexOf('\r') >= 0;
    }

    private void add(DesyncReason reason, boolean holds) {
        if (holds) {
            found.add(reason);
        }
    }
}
