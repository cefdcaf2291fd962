package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.store.ResourceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

class LastingTablesTest {
    private static final AttributeValue RANGE = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1}));
    private static final Map<String, AttributeValue> KEY = Map.of("type", s("Книга"), "id", RANGE);

    @TempDir
    private Path folder;

    @Test
    void tables_and_items_outlive_the_cloud_and_what_was_deleted_stays_away() {
        Map<String, AttributeValue> item = Map.of(
                "type", s("Книга"),
                "id", RANGE,
                "list", AttributeValue.fromL(List.of(AttributeValue.fromNul(true), AttributeValue.fromM(Map.of()))),
                "sets", AttributeValue.fromM(Map.of("n", AttributeValue.fromNs(List.of("1.5", "20")))),
                "flag", AttributeValue.fromBool(false));
        TableDescription before;
        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"))) {
            TestTables db = new TestTables(Pace.REAL, store);
            db.create("books", "type:S", "id:B");
            db.create("gone", "id:N");
            db.put("books", item);
            db.put("books", Map.of("type", s("Song"), "id", RANGE, "ends", n(1)));
            db.call(DeleteItemRequest.builder()
                    .tableName("books")
                    .key(Map.of("type", s("Song"), "id", RANGE))
                    .build());
            db.call(UpdateTimeToLiveRequest.builder()
                    .tableName("books")
                    .timeToLiveSpecification(
                            specification -> specification.attributeName("ends").enabled(true))
                    .build());
            db.time.advance(Duration.ofMinutes(1));
            db.call(DeleteTableRequest.builder().tableName("gone").build());
            before = describe(db);
        }

        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"))) {
            TestTables db = new TestTables(Pace.REAL, store);
            db.time.advance(Duration.ofMinutes(5));
            assertThat(describe(db)).isEqualTo(before);
            assertThat(before.itemCount()).isEqualTo(1);
            assertThat(db.get("books", KEY)).isEqualTo(item);
            assertThat(expiry(db).attributeName()).isEqualTo("ends");
            ListTablesResponse tables = db.call(ListTablesRequest.builder().build());
            assertThat(tables.tableNames()).containsExactly("books");
        }
    }

    private static TableDescription describe(TestTables db) {
        DescribeTableResponse response =
                db.call(DescribeTableRequest.builder().tableName("books").build());
        return response.table();
    }

    private static TimeToLiveDescription expiry(TestTables db) {
        DescribeTimeToLiveResponse response =
                db.call(DescribeTimeToLiveRequest.builder().tableName("books").build());
        return response.timeToLiveDescription();
    }
}
