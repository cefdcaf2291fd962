package dev.resilient.expression;

import static dev.resilient.expression.Errors.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.expression.value.AttributeValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

class ProjectionTest {
    private static final Map<String, AttributeValue> ITEM = Map.of(
            "a", s("1"),
            "m", AttributeValue.fromM(Map.of("x", s("2"), "y", s("3"))),
            "l", AttributeValue.fromL(List.of(s("p"), s("q"), AttributeValue.fromM(Map.of("z", s("r"))))));

    @Test
    void paths_keep_the_shape_of_the_item() {
        assertThat(project("a, m.x")).isEqualTo(Map.of("a", s("1"), "m", AttributeValue.fromM(Map.of("x", s("2")))));
    }

    @Test
    void elements_close_ranks_in_the_order_of_the_list() {
        assertThat(project("l[2].z, l[0]"))
                .isEqualTo(
                        Map.of("l", AttributeValue.fromL(List.of(s("p"), AttributeValue.fromM(Map.of("z", s("r")))))));
    }

    @Test
    void what_is_not_there_leaves_nothing() {
        assertThat(project("b, m.z, l[7], a.x, m.x[0]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,        | Syntax error; token: \"<EOF>\", near: \",\"",
                "!!!       | Syntax error; token: \"!\", near: \"!!\"",
                "a b       | Syntax error; token: \"b\", near: \"a b\"",
                "a, :v     | Syntax error; token: \":v\", near: \", :v\"",
                "a, a      | Two document paths overlap with each other; must remove or rewrite one of these paths; "
                        + "path one: [a], path two: [a]",
                "m.x, m[0] | Two document paths conflict with each other; must remove or rewrite one of these paths; "
                        + "path one: [m, x], path two: [m, [0]]"
            })
    void a_mistake_is_told_as_aws_tells_it(String expression, String message) {
        assertInvalid("Invalid ProjectionExpression: " + message, () -> project(expression));
    }

    private static Map<String, AttributeValue> project(String expression) {
        return Projection.parse(new ExpressionReader(
                        ExpressionKind.PROJECTION,
                        expression,
                        new Placeholders(GetItemRequest.builder().build())))
                .of(AttributeValues.checked(ITEM));
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }
}
