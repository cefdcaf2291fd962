package dev.resilient.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.expression.value.AttributeValues;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Feeds expressions made of random pieces to every parser, and what parses to its evaluator. */
class ExpressionFuzzTest {
    private static final int EXPRESSIONS = 30_000;
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "l[0]",
            "m.x",
            "#n",
            ":n",
            ":s",
            ":l",
            ":ss",
            "=",
            "<>",
            "<",
            ">=",
            "(",
            ")",
            ",",
            ".",
            "[",
            "]",
            "0",
            "7",
            "+",
            "-",
            "AND",
            "OR",
            "NOT",
            "BETWEEN",
            "IN",
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "size",
            "size(a)",
            "contains(",
            "begins_with(",
            "attribute_exists(",
            "attribute_type(",
            "if_not_exists(",
            "list_append(",
            "name",
            "!",
            "\uD83D\uDE00",
            "\uD83D",
            "#",
            ":",
            "\t",
            "a = :n",
            "SET a = :n",
            "a = a",
            "99999999999");

    private static final Map<String, AttributeValue> VALUES = Map.of(
            ":n", AttributeValue.fromN("1"),
            ":s", AttributeValue.fromS("S"),
            ":l", AttributeValue.fromL(List.of()),
            ":ss", AttributeValue.fromSs(List.of("x")));

    private static final Map<String, AttributeValue> ITEM = AttributeValues.checked(Map.of(
            "a", AttributeValue.fromN("3"),
            "b", AttributeValue.fromSs(List.of("x", "y")),
            "l", AttributeValue.fromL(List.of(AttributeValue.fromS("p"))),
            "m", AttributeValue.fromM(Map.of("x", AttributeValue.fromNul(true)))));

    private int accepted;

    @Test
    void whatever_is_written_is_either_evaluated_or_refused() {
        long seed = new Random().nextLong();
        System.out.println("seed: " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < EXPRESSIONS; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = 0; piece <= random.nextInt(9); piece++) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(4) == 0 ? "" : " ");
            }
            evaluateOrRefuse(text.toString());
        }

        assertThat(accepted).as("expressions that parsed").isPositive();
    }

    private void evaluateOrRefuse(String text) {
        refusable(text, () -> new Evaluator(ITEM).holds(ConditionParser.parse(read(ExpressionKind.CONDITION, text))));
        refusable(text, () -> UpdateParser.parse(read(ExpressionKind.UPDATE, text))
                .of(ITEM));
        refusable(text, () -> Projection.parse(read(ExpressionKind.PROJECTION, text))
                .of(ITEM));
    }

    private void refusable(String text, Runnable run) {
        try {
            run.run();
            accepted++;
        } catch (ServiceError refused) {
            assertThat(refused.code()).as(text).isEqualTo("ValidationException");
        } catch (RuntimeException | StackOverflowError bug) {
            throw new AssertionError("on: " + text, bug);
        }
    }

    private static ExpressionReader read(ExpressionKind kind, String text) {
        return new ExpressionReader(
                kind,
                text,
                new Placeholders(UpdateItemRequest.builder()
                        .expressionAttributeNames(Map.of("#n", "a"))
                        .expressionAttributeValues(VALUES)
                        .build()));
    }
}
