package dev.resilient.expression;

import static dev.resilient.expression.Errors.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.expression.value.AttributeValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

class UpdateTest {
    private static final Map<String, AttributeValue> VALUES = Map.of(
            ":n", n(5),
            ":s", s("new"),
            ":list", AttributeValue.fromL(List.of(s("x"))),
            ":empty", AttributeValue.fromL(List.of()),
            ":tags", AttributeValue.fromSs(List.of("red", "green")),
            ":numbers", AttributeValue.fromNs(List.of("1")),
            ":huge", AttributeValue.fromN("9".repeat(38)));

    private static final Map<String, AttributeValue> BEFORE = Map.of(
            "count_", n(10),
            "title", s("old"),
            "map_", AttributeValue.fromM(Map.of("nested", s("deep"), "another", n(1))),
            "list_", AttributeValue.fromL(List.of(s("a"), s("b"), s("c"), AttributeValue.fromM(Map.of("k", s("v"))))),
            "tags", AttributeValue.fromSs(List.of("red", "blue")));

    @Test
    void set_puts_values_and_reads_the_item_as_it_was() {
        Map<String, AttributeValue> after =
                apply("SET title = :s, copy_ = title, map_.nested = :n, added = count_ - :n");

        assertThat(after.get("title")).isEqualTo(s("new"));
        assertThat(after.get("copy_")).isEqualTo(s("old"));
        assertThat(after.get("map_")).isEqualTo(AttributeValue.fromM(Map.of("nested", n(5), "another", n(1))));
        assertThat(after.get("added")).isEqualTo(n(5));
        assertThat(after.get("count_")).isEqualTo(n(10));
    }

    @Test
    void if_not_exists_keeps_what_is_there() {
        Map<String, AttributeValue> after =
                apply("SET count_ = if_not_exists(count_, :n) + :n, fresh = if_not_exists(fresh, :n) + :n");

        assertThat(after.get("count_")).isEqualTo(n(15));
        assertThat(after.get("fresh")).isEqualTo(n(10));
    }

    @Test
    void list_append_joins_in_the_order_written() {
        Map<String, AttributeValue> after =
                apply("SET tail = list_append(if_not_exists(tail, :empty), :list), list_ = list_append(:list, list_)");

        assertThat(after.get("tail").l()).containsExactly(s("x"));
        assertThat(after.get("list_").l()).startsWith(s("x"), s("a")).hasSize(5);
    }

    @Test
    void an_index_behind_the_end_of_a_list_appends_in_the_order_of_indices() {
        Map<String, AttributeValue> after = apply("SET list_[90] = :s, list_[50] = :n, list_[0] = :n");

        assertThat(after.get("list_").l())
                .startsWith(n(5), s("b"), s("c"))
                .endsWith(n(5), s("new"))
                .hasSize(6);
    }

    @Test
    void remove_takes_attributes_entries_and_elements() {
        Map<String, AttributeValue> after = apply("REMOVE title, map_.nested, list_[0], list_[2], list_[3].k, absent");

        assertThat(after).doesNotContainKey("title");
        assertThat(after.get("map_")).isEqualTo(AttributeValue.fromM(Map.of("another", n(1))));
        assertThat(after.get("list_").l()).containsExactly(s("b"), AttributeValue.fromM(Map.of()));
    }

    @Test
    void add_counts_and_joins_sets() {
        Map<String, AttributeValue> after =
                apply("ADD count_ :n, fresh :n, tags :tags, newTags :tags, map_.another :n");

        assertThat(after.get("count_")).isEqualTo(n(15));
        assertThat(after.get("fresh")).isEqualTo(n(5));
        assertThat(after.get("tags").ss()).containsExactlyInAnyOrder("red", "blue", "green");
        assertThat(after.get("newTags").ss()).containsExactly("green", "red");
        assertThat(after.get("map_").m().get("another")).isEqualTo(n(6));
    }

    @Test
    void delete_takes_members_out_and_leaves_no_empty_set() {
        assertThat(apply("DELETE tags :tags, absent :tags").get("tags").ss()).containsExactly("blue");
        Map<String, AttributeValue> only = new HashMap<>(BEFORE);
        only.put("tags", AttributeValue.fromSs(List.of("red")));

        assertThat(apply("DELETE tags :tags", only)).doesNotContainKey("tags");
    }

    @Test
    void sections_come_in_any_order_and_case() {
        Map<String, AttributeValue> after = apply("remove title add count_ :n set fresh = :s");

        assertThat(after)
                .doesNotContainKey("title")
                .containsEntry("fresh", s("new"))
                .containsEntry("count_", n(15));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET                        | Syntax error; token: \"<EOF>\", near: \"SET\"",
                "title = :s                 | Syntax error; token: \"title\", near: \"title =\"",
                "SET title :s               | Syntax error; token: \":s\", near: \"title :s\"",
                "SET title = :s,            | Syntax error; token: \"<EOF>\", near: \",\"",
                "ADD count_ 1               | Syntax error; token: \"1\", near: \"count_ 1\"",
                "SET a = :n SET b = :n      | The \"SET\" section can only be used once in an update expression;",
                "SET a = size(b)            | The function is not allowed in an update expression; function: size",
                "SET a = plus(b, :n)        | Invalid function name; function: plus",
                "SET a = if_not_exists(b)   | Incorrect number of operands for operator or function; "
                        + "operator or function: if_not_exists, number of operands: 1",
                "SET a = if_not_exists(:n, :n) | Operator or function requires a document path; "
                        + "operator or function: if_not_exists",
                "SET a = b + :s             | Incorrect operand type for operator or function; "
                        + "operator or function: +, operand type: S",
                "SET a = list_append(b, :n) | Incorrect operand type for operator or function; "
                        + "operator or function: list_append, operand type: N",
                "SET a = :n, a.b = :n       | Two document paths overlap with each other; "
                        + "must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
                "SET a.b = :n REMOVE a[0]   | Two document paths conflict with each other; "
                        + "must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]",
                "ADD a :s                   | Incorrect operand type for operator or function; operator: ADD, "
                        + "operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
                "DELETE a :n                | Incorrect operand type for operator or function; operator: DELETE, "
                        + "operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
                "SET size = :n              | Attribute name is a reserved keyword; reserved keyword: size"
            })
    void a_mistake_is_told_as_aws_tells_it(String expression, String message) {
        assertInvalid("Invalid UpdateExpression: " + message, () -> apply(expression));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET a = absent            | The provided expression refers to an attribute that does not exist in the"
                        + " item",
                "SET a.b = :n               | The document path provided in the update expression is invalid for"
                        + " update",
                "SET title.b = :n           | The document path provided in the update expression is invalid for"
                        + " update",
                "SET title[0] = :n          | The document path provided in the update expression is invalid for"
                        + " update",
                "SET a = title + :n         | An operand in the update expression has an incorrect data type",
                "SET a = list_append(title, :list) | An operand in the update expression has an incorrect data type",
                "ADD title :n               | An operand in the update expression has an incorrect data type",
                "ADD tags :numbers          | An operand in the update expression has an incorrect data type",
                "DELETE count_ :tags        | An operand in the update expression has an incorrect data type",
                "SET a = count_ + :huge     | Attempting to store more than 38 significant digits in a Number"
            })
    void what_does_not_fit_the_item_is_refused(String expression, String message) {
        assertInvalid(message, () -> apply(expression));
    }

    private static Map<String, AttributeValue> apply(String expression) {
        return apply(expression, BEFORE);
    }

    private static Map<String, AttributeValue> apply(String expression, Map<String, AttributeValue> before) {
        Update update = UpdateParser.parse(new ExpressionReader(
                ExpressionKind.UPDATE,
                expression,
                new Placeholders(UpdateItemRequest.builder()
                        .expressionAttributeValues(VALUES)
                        .build())));
        return update.of(AttributeValues.checked(before));
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
