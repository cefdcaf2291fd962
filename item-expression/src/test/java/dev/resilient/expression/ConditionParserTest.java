package dev.resilient.expression;

import static dev.resilient.expression.Errors.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class ConditionParserTest {
    private static final Map<String, String> NAMES = Map.of("#a", "a.with.dots");
    private static final Map<String, AttributeValue> VALUES = Map.of(
            ":s", AttributeValue.fromS("text"),
            ":t", AttributeValue.fromS("zebra"),
            ":n", AttributeValue.fromN("1"),
            ":ss", AttributeValue.fromSs(List.of("a")),
            ":type", AttributeValue.fromS("STRING"));

    @Test
    void not_binds_stronger_than_and_and_and_stronger_than_or() {
        assertThat(parse("a = :s OR NOT b = :s AND c = :s"))
                .isEqualTo(or(parse("a = :s"), and(call(Operator.NOT, parse("b = :s")), parse("c = :s"))));
        assertThat(parse("(a = :s or b = :s) and c = :s"))
                .isEqualTo(and(or(parse("a = :s"), parse("b = :s")), parse("c = :s")));
        assertThat(parse("a = :s AND b = :s AND c = :s"))
                .isEqualTo(and(and(parse("a = :s"), parse("b = :s")), parse("c = :s")));
    }

    @Test
    void between_takes_the_first_and() {
        assertThat(parse("a BETWEEN :s AND :t AND b = :n"))
                .isEqualTo(and(parse("a BETWEEN :s AND :t"), parse("b = :n")));
    }

    @Test
    void paths_go_through_maps_and_lists() {
        assertThat(parse("attribute_exists(a.b[2][0].#a)"))
                .isEqualTo(call(
                        Operator.ATTRIBUTE_EXISTS,
                        new DocumentPath(List.of(
                                new DocumentPath.Step.Entry("a"),
                                new DocumentPath.Step.Entry("b"),
                                new DocumentPath.Step.Element(2),
                                new DocumentPath.Step.Element(0),
                                new DocumentPath.Step.Entry("a.with.dots")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = = :s                  | Syntax error; token: \"=\", near: \"= = :s\"",
                "a                         | Syntax error; token: \"<EOF>\", near: \"a\"",
                "a = :s AND                | Syntax error; token: \"<EOF>\", near: \"AND\"",
                "(a = :s                   | Syntax error; token: \"<EOF>\", near: \":s\"",
                "a = :s)                   | Syntax error; token: \")\", near: \":s)\"",
                "a ! :s                    | Syntax error; token: \"!\", near: \"a ! :s\"",
                "a-b = :s                  | Syntax error; token: \"-\", near: \"a-b\"",
                "a = 1                     | Syntax error; token: \"1\", near: \"= 1\"",
                "and = :s                  | Syntax error; token: \"and\", near: \"and =\"",
                "a[x] = :s                 | Syntax error; token: \"x\", near: \"[x]\"",
                "a BETWEEN :s OR :t        | Syntax error; token: \"OR\", near: \":s OR :t\"",
                "a IN :s                   | Syntax error; token: \":s\", near: \"IN :s\"",
                "name = :s                 | Attribute name is a reserved keyword; reserved keyword: name",
                "a.Status = :s             | Attribute name is a reserved keyword; reserved keyword: Status",
                "a = :missing              | An expression attribute value used in expression is not defined; "
                        + "attribute value: :missing",
                "#b = :s                   | An expression attribute name used in the document path is not defined; "
                        + "attribute name: #b",
                "starts_with(a, :s)        | Invalid function name; function: starts_with",
                "if_not_exists(a, :s)      | The function is not allowed in a condition expression; function:"
                        + " if_not_exists",
                "contains(a, contains(a, :s)) | The function is not allowed to be used this way in an expression; "
                        + "function: contains",
                "begins_with(a)            | Incorrect number of operands for operator or function; "
                        + "operator or function: begins_with, number of operands: 1",
                "begins_with(a, :n)        | Incorrect operand type for operator or function; "
                        + "operator or function: begins_with, operand type: N",
                "a < :ss                   | Incorrect operand type for operator or function; "
                        + "operator or function: <, operand type: SS",
                "size(:n) = :n             | Incorrect operand type for operator or function; "
                        + "operator or function: size, operand type: N",
                "attribute_exists(:s)      | Operator or function requires a document path; "
                        + "operator or function: attribute_exists",
                "attribute_type(a, :type)  | Invalid attribute type name found; type: STRING, "
                        + "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
                "a.b = a.b                 | The first operand must be distinct from the remaining operands for this "
                        + "operator or function; operator: =, first operand: [a, b]",
                "a BETWEEN :t AND :s       | The BETWEEN operator requires upper bound to be greater than or equal to"
                        + " lower bound; lower bound operand: AttributeValue: {S:zebra}, upper bound operand:"
                        + " AttributeValue: {S:text}",
                "a BETWEEN :n AND :s       | The BETWEEN operator requires same data type for lower and upper bounds; "
                        + "lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:text}",
                "((a = :s))                | The expression has redundant parentheses;",
                "a[99999999999] = :s       | List index is not within the allowable range; index: [99999999999]",
            })
    void a_mistake_is_told_as_aws_tells_it(String expression, String message) {
        assertInvalid("Invalid ConditionExpression: " + message, () -> parse(expression));
    }

    @Test
    void parentheses_that_are_not_redundant_are_fine() {
        assertThat(parse("((a = :s) OR (b = :s)) AND c = :s"))
                .isEqualTo(and(or(parse("a = :s"), parse("b = :s")), parse("c = :s")));
    }

    @Test
    void an_expression_is_neither_empty_nor_too_long_nor_too_deep() {
        assertInvalid("Invalid ConditionExpression: The expression can not be empty;", () -> parse(" "));
        assertInvalid(
                "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size:"
                        + " 4097",
                () -> parse("a".repeat(4097)));
        assertInvalid(
                "Invalid ConditionExpression: The expression contains too many operators; operator count: 301",
                () -> parse("(".repeat(4000)));
        assertInvalid(
                "Invalid ConditionExpression: The expression contains too many operators; operator count: 301",
                () -> parse("NOT ".repeat(1000)));
    }

    @Test
    void placeholders_have_a_syntax_of_their_own() {
        assertInvalid(
                "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"",
                () -> placeholders(Map.of("a", "b"), VALUES));
        assertInvalid(
                "ExpressionAttributeValues contains invalid key: Syntax error; key: \":\"",
                () -> placeholders(NAMES, Map.of(":", AttributeValue.fromN("1"))));
        assertInvalid(
                "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric"
                        + " value: x for key :v",
                () -> placeholders(NAMES, new HashMap<>(Map.of(":v", AttributeValue.fromN("x")))));
    }

    private static Expression parse(String expression) {
        return ConditionParser.parse(
                new ExpressionReader(ExpressionKind.CONDITION, expression, placeholders(NAMES, VALUES)));
    }

    private static Placeholders placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
        return new Placeholders(PutItemRequest.builder()
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build());
    }

    private static Expression and(Expression left, Expression right) {
        return call(Operator.AND, left, right);
    }

    private static Expression or(Expression left, Expression right) {
        return call(Operator.OR, left, right);
    }

    private static Expression call(Operator operator, Expression... operands) {
        return new Expression.Call(operator, List.of(operands));
    }
}
