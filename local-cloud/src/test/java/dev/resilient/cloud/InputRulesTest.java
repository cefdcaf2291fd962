package dev.resilient.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The input rules of AWS's API models, which are data beside the wire, are there for every operation that is supported. */
class InputRulesTest {
    /** Those of which the models demand nothing at all. */
    private static final Set<String> WITHOUT_RULES = Set.of(
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:DeleteKeyPair",
            "ec2:DeleteSecurityGroup",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceStatus",
            "ec2:DescribeInstances",
            "ec2:DescribeKeyPairs",
            "ec2:DescribeTags",
            "ec2:RevokeSecurityGroupIngress",
            "sts:GetCallerIdentity");

    @TempDir
    private Path data;

    @Test
    void every_supported_operation_has_its_rules() throws IOException {
        Set<String> ruled = ruled();
        try (LocalCloud cloud = LocalCloud.builder().data(data).start()) {
            assertThat(cloud.services().stream()
                            .flatMap(InputRulesTest::operations)
                            .filter(operation -> !ruled.contains(operation.toLowerCase(Locale.ROOT))))
                    .containsExactlyInAnyOrderElementsOf(WITHOUT_RULES);
        }
    }

    private static Set<String> ruled() throws IOException {
        String resource = "constraint/operation-constraints.tsv";
        try (InputStream stream = Objects.requireNonNull(AwsService.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> List.of(line.split("\t", -1)))
                    .map(cells -> (cells.get(0) + ":" + cells.get(1)).toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> operations(AwsService service) {
        String name = service.model().signingName();
        OperationRegistry registry = new OperationRegistry(name);
        service.register(registry);
        return registry.names().stream().map(operation -> name + ":" + operation);
    }
}
