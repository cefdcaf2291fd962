package dev.resilient.expression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The words that DynamoDB does not take as names of attributes in expressions, from "Reserved words in DynamoDB". */
final class ReservedWords {
    private static final Set<String> WORDS = read("reserved-words.txt");

    private ReservedWords() {}

    /** Whether the word is reserved, in any letter case. */
    static boolean contains(String word) {
        return WORDS.contains(word.toUpperCase(Locale.ROOT));
    }

    private static Set<String> read(String resource) {
        try (InputStream words = Objects.requireNonNull(ReservedWords.class.getResourceAsStream(resource), resource)) {
            return Set.of(new String(words.readAllBytes(), StandardCharsets.UTF_8)
                    .trim()
                    .split("\\s+"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + resource, unreadable);
        }
    }
}
