package dev.resilient.expression;

import dev.resilient.expression.Operator.Use;
import dev.resilient.expression.Update.Action;
import dev.resilient.expression.Update.Section;
import dev.resilient.expression.value.AttributeValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses updates: the sections SET, REMOVE, ADD and DELETE, each at most once, in any order. */
record UpdateParser(ExpressionReader reader) {
    /** How the error of ADD and DELETE names the types that they do not take, if not as on the wire. */
    private static final Map<String, String> LONG_NAMES =
            Map.of("S", "STRING", "N", "NUMBER", "B", "BINARY", "L", "LIST", "M", "MAP");

    static Update parse(ExpressionReader reader) {
        return new UpdateParser(reader).update();
    }

    private Update update() {
        List<Action> actions = new ArrayList<>();
        Set<Section> seen = EnumSet.noneOf(Section.class);
        while (reader.peek().kind() != Token.Kind.END) {
            Section section = section();
            actions.addAll(reader.list(() -> action(section)));
            reader.refuseIf(
                    !seen.add(section),
                    () -> "The \"" + section + "\" section can only be used once in an update expression;");
        }
        Update update = new Update(actions);
        reader.refuseClashes(update.paths());
        return update;
    }

    private Section section() {
        return Arrays.stream(Section.values())
                .filter(section -> reader.accept(section.name()))
                .findFirst()
                .orElseThrow(reader::syntaxError);
    }

    private Action action(Section section) {
        reader.countOperator();
        DocumentPath path = reader.path();
        return switch (section) {
            case SET -> {
                reader.expect("=");
                yield new Action(section, path, Optional.of(sum()));
            }
            case REMOVE -> new Action(section, path, Optional.empty());
            case ADD, DELETE -> new Action(section, path, Optional.of(change(section)));
        };
    }

    private Expression sum() {
        Expression left = source();
        for (Operator operator : List.of(Operator.PLUS, Operator.MINUS)) {
            if (reader.accept(operator.symbol())) {
                return reader.call(operator, List.of(left, source()));
            }
        }
        return left;
    }

    private Expression source() {
        if (!reader.accept("(")) {
            return reader.operand(Use.UPDATE, this::source);
        }
        reader.countOperator();
        Expression inner = source();
        reader.expect(")");
        return inner;
    }

    private Expression change(Section section) {
        Expression.Literal literal = reader.literal();
        String type = AttributeValues.typeOf(literal.value());
        boolean isSet = !AttributeValues.members(literal.value()).isEmpty();
        reader.refuseIf(
                !isSet && (section == Section.DELETE || !type.equals("N")),
                () -> "Incorrect operand type for operator or function; operator: " + section + ", operand type: "
                        + LONG_NAMES.getOrDefault(type, type) + ", typeSet: ALLOWED_FOR_" + section + "_OPERAND");
        return literal;
    }
}
