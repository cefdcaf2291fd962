package dev.resilient.cloud.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Access;
import dev.resilient.wire.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;

class DynamoDbTest {
    private static final String ARN = "arn:aws:dynamodb:us-west-2:123456789012:table/";
    private final TestTables db = new TestTables();

    @Test
    void iam_is_asked_about_the_table() {
        assertThat(resources(
                        "DescribeTable",
                        DescribeTableRequest.builder().tableName("books").build()))
                .containsExactly(ARN + "books");
        assertThat(resources(
                        "DescribeTable",
                        DescribeTableRequest.builder().tableName(ARN + "books").build()))
                .containsExactly(ARN + "books");
        assertThat(resources("ListTables", ListTablesRequest.builder().build())).containsExactly(ARN + "*");
    }

    @Test
    void iam_is_asked_about_each_table_of_a_batch() {
        KeysAndAttributes keys = KeysAndAttributes.builder()
                .keys(List.of(Map.of("id", TestTables.s("1"))))
                .build();

        List<String> resources = resources(
                "BatchGetItem",
                BatchGetItemRequest.builder()
                        .requestItems(Map.of("books", keys, "films", keys))
                        .build());

        assertThat(resources).containsExactlyInAnyOrder(ARN + "books", ARN + "films");
    }

    @SuppressWarnings("unchecked") // an operation is registered under the class of its request
    private <I extends AwsRequest> List<String> resources(String operation, I request) {
        Operation<I, ?> found = (Operation<I, ?>) db.operations.find(operation).orElseThrow();
        return found.access().of(request).stream()
                .map(Access.Question::resource)
                .toList();
    }
}
