package dev.resilient.wire.constraint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The input rules of AWS's API models: required members, lengths, ranges, patterns, allowed values. They are data, so one
 * check serves every operation; an operation's rules are compiled when it is first called. Thread-safe.
 */
public final class Constraints {
    private static final String RESOURCE = "operation-constraints.tsv";
    private final Map<String, List<Row>> rows;
    private final Map<String, ConstraintTree> compiled = new ConcurrentHashMap<>();

    /** A line of the resource: which member of which operation has which rules. */
    record Row(String service, String operation, String member, String type, String rules) {}

    private Constraints(Map<String, List<Row>> rows) {
        this.rows = rows;
    }

    /** The rules in the resource beside this class, read when they are first asked for. */
    public static Constraints standard() {
        return Standard.CONSTRAINTS;
    }

    private static Constraints load() {
        Map<String, List<Row>> rows = new HashMap<>();
        for (Row row : readRows()) {
            rows.computeIfAbsent(key(row.service, row.operation), absent -> new ArrayList<>())
                    .add(row);
        }
        return new Constraints(rows);
    }

    /**
     * The rules of an operation; no rules if the resource has none.
     *
     * @param service the service's signing name
     * @param operation in any letter case
     */
    public ConstraintTree of(String service, String operation) {
        return compiled.computeIfAbsent(key(service, operation), this::compile);
    }

    private ConstraintTree compile(String key) {
        ConstraintTree tree = new ConstraintTree();
        for (Row row : rows.getOrDefault(key, List.of())) {
            tree.add(row.member, Constraint.parse(row.rules));
        }
        return tree;
    }

    private static String key(String service, String operation) {
        return (service + ":" + operation).toLowerCase(Locale.ROOT);
    }

    /** Every line of the resource. */
    static List<Row> readRows() {
        try (InputStream stream = Objects.requireNonNull(Constraints.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            return reader.lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], cells[4]))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
    }

    private static final class Standard {
        static final Constraints CONSTRAINTS = load();
    }
}
