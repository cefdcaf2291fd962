package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

class KeyCatalogueTest {
    private final List<Runnable> afterLife = new ArrayList<>();
    private final PagedTable dynamoDb = new PagedTable();
    private final KeyCatalogue catalogue = new KeyCatalogue(dynamoDb, "any-table", afterLife::add);

    @Test
    void keys_are_loaded_once_in_their_lifetime() throws Exception {
        dynamoDb.pages = List.of(List.of("a", "b"));

        assertThat(names(catalogue.keys())).containsExactly("a", "b");
        catalogue.keys();
        assertThat(dynamoDb.scans).hasSize(1);

        afterLife.getFirst().run();
        catalogue.keys();
        assertThat(dynamoDb.scans).hasSize(2);
    }

    @Test
    void the_end_of_older_keys_does_not_end_newer_ones() throws Exception {
        dynamoDb.pages = List.of(List.of("a"));
        catalogue.keys();
        catalogue.reload();

        afterLife.getFirst().run();
        catalogue.keys();

        assertThat(dynamoDb.scans).hasSize(2);
    }

    @Test
    void only_the_key_attributes_are_asked_for_whatever_they_are_called() throws Exception {
        dynamoDb.pages = List.of(List.of("a"));

        catalogue.keys();

        ScanRequest scan = dynamoDb.scans.getFirst();
        assertThat(scan.projectionExpression()).isEqualTo("#k0");
        assertThat(scan.expressionAttributeNames()).isEqualTo(Map.of("#k0", "name"));
        assertThat(scan.limit()).isEqualTo(KeyCatalogue.PAGE_SIZE);
    }

    @Test
    void a_large_table_is_walked_through_page_by_page_and_from_the_start_again() throws Exception {
        dynamoDb.pages = List.of(List.of("a"), List.of("b"), List.of());

        assertThat(names(catalogue.reload())).containsExactly("a");
        assertThat(names(catalogue.reload())).containsExactly("b");
        assertThat(names(catalogue.reload()))
                .as("nothing was left, so it began again")
                .containsExactly("a");
    }

    @Test
    void a_failure_is_the_callers_and_the_next_one_tries_again() throws Exception {
        dynamoDb.pages = List.of();
        assertThatThrownBy(catalogue::keys).isInstanceOf(ResourceNotFoundException.class);

        dynamoDb.pages = List.of(List.of("a"));
        assertThat(names(catalogue.keys())).containsExactly("a");
    }

    private static List<String> names(List<Map<String, AttributeValue>> keys) {
        return keys.stream().map(key -> key.get("name").s()).toList();
    }

    /** A table whose pages are given; it does not exist if there are none. The key of a page's start is its number. */
    private static final class PagedTable implements DynamoDbClient {
        private final List<ScanRequest> scans = new ArrayList<>();
        private List<List<String>> pages = List.of();

        @Override
        public DescribeTableResponse describeTable(DescribeTableRequest request) {
            if (pages.isEmpty()) {
                throw ResourceNotFoundException.builder().message("not found").build();
            }
            KeySchemaElement hash = KeySchemaElement.builder()
                    .attributeName("name")
                    .keyType(KeyType.HASH)
                    .build();
            return DescribeTableResponse.builder()
                    .table(table -> table.keySchema(hash))
                    .build();
        }

        @Override
        public ScanResponse scan(ScanRequest request) {
            scans.add(request);
            int page = request.hasExclusiveStartKey()
                    ? Integer.parseInt(request.exclusiveStartKey().get("page").n())
                    : 0;
            ScanResponse.Builder response = ScanResponse.builder()
                    .items(pages.get(page).stream()
                            .map(name -> Map.of("name", AttributeValue.fromS(name)))
                            .toList());
            if (page + 1 < pages.size()) {
                response.lastEvaluatedKey(Map.of("page", AttributeValue.fromN(String.valueOf(page + 1))));
            }
            return response.build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
