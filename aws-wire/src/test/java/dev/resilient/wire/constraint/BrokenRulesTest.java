package dev.resilient.wire.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Models;
import dev.resilient.wire.ServiceModel;
import dev.resilient.wire.protocol.WireProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TraitType;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Every rule of every operation is broken once, by a request that says nothing else, and the refusal names it. */
final class BrokenRulesTest {
    private static final int LARGEST = 200_000;
    /** One of these breaks any pattern but those that take everything. */
    private static final List<String> UNLIKELY = List.of("\0", "!", " ", "-", "\uFFFF", "a b", "", ":");

    private static final Map<String, ServiceModel> MODELS = Stream.of(
                    Models.AUTO_SCALING,
                    Models.LOAD_BALANCING,
                    Models.IAM,
                    Models.STS,
                    Models.EC2,
                    Models.DYNAMO_DB,
                    Models.SSM,
                    Models.S3)
            .collect(Collectors.toMap(ServiceModel::signingName, model -> model));

    private static final Map<String, List<String>> CODES = Map.of(
            "ec2", List.of("MissingParameter", "InvalidParameterValue"),
            "dynamodb", List.of("ValidationException"),
            "ssm", List.of("ValidationException"),
            "s3", List.of("MalformedXML", "InvalidArgument"));

    static Stream<String> operations() {
        return Constraints.readRows().stream()
                .map(row -> row.service() + ":" + row.operation())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void each_rule_of_an_operation_is_told_when_it_is_broken(String operation) {
        for (Constraints.Row row : Constraints.readRows()) {
            if (operation.equals(row.service() + ":" + row.operation()) && ConstraintsTest.exists(row)) {
                Constraint rules = Constraint.parse(row.rules());
                breaking(row, rules).forEach((rule, value) -> assertTold(row, rule, value.orElse(null)));
            }
        }
    }

    /** For each rule, how a refusal tells of it and a value that breaks it; an empty one is none at all. */
    private static Map<String, Optional<Object>> breaking(Constraints.Row row, Constraint rules) {
        Map<String, Optional<Object>> breaking = new HashMap<>();
        if (rules.required()) {
            breaking.put("Member must not be null", Optional.empty());
        }
        rules.min()
                .filter(least -> least > 0 || isNumber(row))
                .ifPresent(least -> breaking.put("greater than or equal to", Optional.of(sized(row, least - 1))));
        rules.max()
                .filter(most -> most < (isNumber(row) ? Integer.MAX_VALUE : LARGEST))
                .ifPresent(most -> breaking.put("less than or equal to", Optional.of(sized(row, most + 1))));
        rules.pattern()
                .flatMap(pattern -> UNLIKELY.stream()
                        .filter(text -> !pattern.matcher(text).matches())
                        .findFirst())
                .ifPresent(text -> breaking.put("satisfy regular expression pattern", Optional.of(text)));
        if (!rules.values().isEmpty() && row.type().equals("string")) {
            breaking.put("satisfy enum value set", Optional.of("no-such-value"));
        }
        return breaking;
    }

    private static boolean isNumber(Constraints.Row row) {
        return List.of("integer", "long", "double", "float").contains(row.type());
    }

    private static Object sized(Constraints.Row row, double size) {
        int number = (int) size;
        return switch (row.type()) {
            case "integer" -> number;
            case "long" -> (long) size;
            case "double" -> size;
            case "float" -> (float) size;
            case "blob" -> SdkBytes.fromByteArray(new byte[number]);
            case "list" -> Collections.nCopies(number, "");
            case "map" ->
                IntStream.range(0, number).collect(HashMap::new, (map, each) -> map.put("" + each, ""), Map::putAll);
            default -> "x".repeat(number);
        };
    }

    private static void assertTold(Constraints.Row row, String rule, @Nullable Object value) {
        SdkPojo request = ConstraintsTest.requestBuilder(row);
        List<String> steps = new ArrayList<>(Arrays.asList(row.member()
                .replace("[]", ".[]")
                .replace("{key}", ".{key}")
                .replace("{value}", ".{value}")
                .split("\\.")));
        set(request, steps, value);
        WireProtocol protocol = WireProtocol.of(MODELS.get(row.service()));
        List<Violation> violations = Constraints.standard()
                .of(row.service(), row.operation())
                .check((SdkPojo) ((SdkBuilder<?, ?>) request).build(), protocol.naming());
        assertThat(violations).as("%s %s", row, rule).anySatisfy(violation -> {
            assertThat(violation.rule()).contains(rule);
            assertThat(protocol.invalid(List.of(violation)).code())
                    .isIn(CODES.getOrDefault(row.service(), List.of("ValidationError")));
        });
    }

    /** Puts {@code value} where the steps lead, with nothing beside the way there. */
    private static void set(SdkPojo builder, List<String> steps, @Nullable Object value) {
        SdkField<?> field = builder.sdkFields().stream()
                .filter(each -> each.memberName().equals(steps.getFirst()))
                .findFirst()
                .orElseThrow();
        Object made = made(field, steps.subList(1, steps.size()), value);
        if (made != null) {
            field.set(builder, made);
        }
    }

    private static @Nullable Object made(SdkField<?> field, List<String> steps, @Nullable Object value) {
        if (steps.isEmpty()) {
            return switch (value) {
                case List<?> list ->
                    Collections.nCopies(
                            list.size(),
                            empty(field.getTrait(ListTrait.class, TraitType.LIST_TRAIT)
                                    .memberFieldInfo()));
                case Map<?, ?> map -> {
                    SdkField<?> element =
                            field.getTrait(MapTrait.class, TraitType.MAP_TRAIT).valueFieldInfo();
                    yield map.keySet().stream().collect(Collectors.toMap(key -> key, key -> empty(element)));
                }
                case null -> null;
                default -> value;
            };
        }
        List<String> rest = steps.subList(1, steps.size());
        switch (steps.getFirst()) {
            case "[]" -> {
                SdkField<?> element =
                        field.getTrait(ListTrait.class, TraitType.LIST_TRAIT).memberFieldInfo();
                return Collections.singletonList(made(element, rest, value));
            }
            case "{key}" -> {
                return Collections.singletonMap(value, null);
            }
            case "{value}" -> {
                SdkField<?> element =
                        field.getTrait(MapTrait.class, TraitType.MAP_TRAIT).valueFieldInfo();
                return Collections.singletonMap("key", made(element, rest, value));
            }
            default -> {
                SdkPojo child = field.constructor().get();
                set(child, steps, value);
                return ((SdkBuilder<?, ?>) child).build();
            }
        }
    }

    /** An element of a list or a map that says nothing. */
    private static Object empty(SdkField<?> element) {
        return switch (element.marshallingType().getKnownType().name()) {
            case "SDK_POJO" -> ((SdkBuilder<?, ?>) element.constructor().get()).build();
            case "LIST" -> List.of();
            case "MAP" -> Map.of();
            case "INTEGER" -> 0;
            default -> "";
        };
    }
}
