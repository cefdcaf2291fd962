package dev.resilient.endtoend.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every error that a case of the contract expects is one that AWS's model declares for the operation, with the status that it says, or
 * one that any operation of the service may answer. {@link ContractTest} plays these cases, so that it holds for what is answered.
 * Of S3, whose model declares hardly any of its errors, nothing can be said so.
 */
class DeclaredErrorsTest {
    /** Each service's chapter, and which errors the models leave to the pages "Common Errors" of the services' references. */
    private static final Map<String, Set<String>> COMMON = Map.of(
            "autoscaling", Set.of("ValidationError"),
            "dynamodb", Set.of("ValidationException"),
            "elbv2", Set.of("ValidationError"),
            "iam", Set.of("ValidationError"),
            "ssm", Set.of("AccessDeniedException", "ValidationException"),
            "sts", Set.of("AccessDenied", "ValidationError"));

    /** For each operation that the table has, as in {@code iam CreateRole}, its errors' codes with their HTTP statuses, if it says one. */
    private static Map<String, Map<String, String>> declared() throws IOException {
        String file = "/contract/operation-errors.tsv";
        Map<String, Map<String, String>> declared = new HashMap<>();
        try (InputStream table = Objects.requireNonNull(DeclaredErrorsTest.class.getResourceAsStream(file), file)) {
            new String(table.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .forEach(cells -> declared.computeIfAbsent(cells[0] + " " + cells[1], _ -> new HashMap<>())
                            .put(cells[2], cells[3]));
        }
        return declared;
    }

    @Test
    void every_error_that_is_expected_is_one_that_AWS_declares() throws IOException {
        Map<String, Map<String, String>> declared = declared();
        List<ContractCase> refusals = COMMON.keySet().stream()
                .flatMap(chapter -> ContractCase.chapter(chapter).stream())
                .filter(each -> each.expected().has("code"))
                .filter(each -> declared.containsKey(operation(each)))
                .toList();
        assertThat(refusals).hasSizeGreaterThan(80);
        assertThat(refusals.stream().flatMap(each -> difference(each, declared).stream()))
                .isEmpty();
    }

    private static String operation(ContractCase each) {
        return each.question().path("service").asText() + " "
                + each.question().path("operation").asText();
    }

    private static Optional<String> difference(ContractCase each, Map<String, Map<String, String>> declared) {
        String operation = operation(each);
        JsonNode status = each.expected().path("status");
        String service = each.question().path("service").asText();
        List<String> undeclared = Stream.of(each.expected()
                        .path("code")
                        .textValue()
                        .replace("~", "")
                        .split("\\|"))
                .filter(code -> !COMMON.getOrDefault(service, Set.of()).contains(code))
                .filter(code -> !isDeclared(declared.getOrDefault(operation, Map.of()), code, status))
                .toList();
        return undeclared.isEmpty() ? Optional.empty() : Optional.of(operation + " " + undeclared + " " + status);
    }

    private static boolean isDeclared(Map<String, String> errors, String code, JsonNode status) {
        String said = errors.get(code);
        return said != null && (said.isEmpty() || status.isMissingNode() || said.equals(status.asText()));
    }
}
