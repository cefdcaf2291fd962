package dev.resilient.endtoend.contract;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A line of the contract: what a client asks, and what it must see. How it is written is said in {@code contract/README.md}.
 *
 * @param question what {@link Client#ask} is given
 * @param expected the {@link Expectation} of its reply
 * @param keep for each name that later cases may use, where its value is in the reply, as a JSON pointer
 * @param eventually whether AWS promises the reply only after a while
 * @param clients the names of those who play it; empty for all
 */
record ContractCase(
        String title,
        ObjectNode question,
        ObjectNode expected,
        Map<String, String> keep,
        boolean eventually,
        Set<String> clients) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> WORDS = Set.of(
            "title",
            "call",
            "wait",
            "pages",
            "with",
            "sign",
            "reply",
            "answer",
            "refused",
            "status",
            "requestId",
            "keep",
            "eventually",
            "clients");
    private static final JsonMapper RELAXED = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    /** The cases of a chapter of the contract, in their order. */
    static List<ContractCase> chapter(String name) {
        String file = "/contract/" + name + ".json5";
        try (InputStream stream = Objects.requireNonNull(ContractCase.class.getResourceAsStream(file), file)) {
            return StreamSupport.stream(RELAXED.readTree(stream).spliterator(), false)
                    .map(ContractCase::of)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }

    boolean isFor(Client client) {
        return clients.isEmpty() || clients.contains(client.name());
    }

    private static ContractCase of(JsonNode source) {
        source.fieldNames().forEachRemaining(word -> {
            if (!WORDS.contains(word)) {
                throw new IllegalArgumentException("no word of a case: " + word + " in " + source);
            }
        });
        Map<String, String> keep = new LinkedHashMap<>();
        source.path("keep")
                .properties()
                .forEach(entry -> keep.put(entry.getKey(), entry.getValue().textValue()));
        Set<String> clients = new LinkedHashSet<>();
        source.path("clients").forEach(client -> clients.add(client.textValue()));
        return new ContractCase(
                source.path("title").textValue(),
                question(source),
                expected(source),
                keep,
                source.path("eventually").booleanValue(),
                clients);
    }

    private static ObjectNode question(JsonNode source) {
        if (source.has("sign")) {
            return (ObjectNode) source.get("sign");
        }
        String kind = source.has("wait") ? "wait" : source.has("pages") ? "pages" : "call";
        String[] what =
                source.path(kind.equals("wait") ? "wait" : "call").textValue().split(" ");
        ObjectNode question =
                JSON.objectNode().put("do", kind).put("service", what[0]).put("operation", what[1]);
        question.set("input", source.has("with") ? source.get("with") : JSON.objectNode());
        if (kind.equals("pages")) {
            question.setAll((ObjectNode) source.get("pages").deepCopy());
            question.remove("count");
        }
        return question;
    }

    private static ObjectNode expected(JsonNode source) {
        ObjectNode expected = JSON.objectNode();
        if (source.has("reply")) {
            expected.setAll((ObjectNode) source.get("reply"));
        } else if (source.has("refused")) {
            expected.setAll((ObjectNode) source.get("refused"));
        } else {
            expected.set("output", source.has("answer") ? source.get("answer") : JSON.objectNode());
        }
        for (String told : List.of("status", "requestId")) {
            if (source.has(told)) {
                expected.set(told, source.get(told));
            }
        }
        if (source.has("pages")) {
            expected.set("pages", source.get("pages").get("count"));
        }
        return expected;
    }
}
