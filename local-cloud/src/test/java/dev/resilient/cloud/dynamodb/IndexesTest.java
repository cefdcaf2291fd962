package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** Global and local secondary indexes. */
class IndexesTest {
    private static final int MANY = 20_000;
    private final TestTables db = new TestTables();

    /** Songs of artists, found by genre and year, and of one artist by year. */
    private void create(Projection projection) {
        CreateTableRequest.Builder table = TestTables.definition("songs", "artist:S", "title:S");
        List<AttributeDefinition> attributes = new ArrayList<>(table.build().attributeDefinitions());
        attributes.add(attribute("genre", "S"));
        attributes.add(attribute("year", "N"));
        db.call(table.attributeDefinitions(attributes)
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("byGenre")
                        .keySchema(key("genre", "HASH"), key("year", "RANGE"))
                        .projection(projection)
                        .build())
                .localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("byYear")
                        .keySchema(key("artist", "HASH"), key("year", "RANGE"))
                        .projection(projection)
                        .build())
                .build());
        db.time.advance(Duration.ofMinutes(1));
    }

    private void put(String artist, String title, String genre, int year) {
        db.put(
                "songs",
                Map.of("artist", s(artist), "title", s(title), "genre", s(genre), "year", n(year), "text", s("la")));
    }

    @Test
    void an_index_finds_items_in_its_own_order_and_follows_their_changes() {
        create(all());
        put("A", "one", "jazz", 1990);
        put("B", "two", "jazz", 1980);
        put("B", "three", "jazz", 1990);
        put("C", "four", "rock", 1970);
        db.put("songs", Map.of("artist", s("D"), "title", s("five"), "genre", s("jazz")));
        assertThat(titles(byGenre("jazz", _ -> {})))
                .containsExactlyInAnyOrder("two", "one", "three")
                .startsWith("two");
        assertThat(titles(byGenre("jazz", query -> query.scanIndexForward(false))))
                .endsWith("two");

        put("B", "two", "rock", 1960);
        db.call(DeleteItemRequest.builder()
                .tableName("songs")
                .key(Map.of("artist", s("A"), "title", s("one")))
                .build());
        assertThat(titles(byGenre("jazz", _ -> {}))).containsExactly("three");
        assertThat(titles(byGenre("rock", _ -> {}))).containsExactly("two", "four");
        ScanResponse scan = db.call(
                ScanRequest.builder().tableName("songs").indexName("byGenre").build());
        assertThat(scan.count()).isEqualTo(3);
        TableDescription described = describe();
        assertThat(described.globalSecondaryIndexes().getFirst().itemCount()).isEqualTo(3);
        assertThat(described.localSecondaryIndexes().getFirst().itemCount()).isEqualTo(3);
        assertThat(described.globalSecondaryIndexes().getFirst().indexArn())
                .isEqualTo("arn:aws:dynamodb:us-west-2:123456789012:table/songs/index/byGenre");
    }

    @Test
    void pages_of_an_index_go_on_behind_the_very_item() {
        create(all());
        for (int i = 0; i < 7; i++) {
            put("A" + i, "t" + i, "jazz", 1990);
        }
        List<String> found = new ArrayList<>();
        Map<String, AttributeValue> start = Map.of();
        do {
            Map<String, AttributeValue> from = start;
            QueryResponse page =
                    byGenre("jazz", query -> query.limit(2).exclusiveStartKey(from.isEmpty() ? null : from));
            found.addAll(titles(page));
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());
        assertThat(found).hasSize(7).doesNotHaveDuplicates();
        assertThat(byGenre("jazz", query -> query.limit(1)).lastEvaluatedKey())
                .containsOnlyKeys("artist", "title", "genre", "year");
    }

    @Test
    void a_projection_decides_what_an_index_can_show() {
        create(Projection.builder().projectionType("KEYS_ONLY").build());
        put("A", "one", "jazz", 1990);
        assertThat(byGenre("jazz", _ -> {}).items().getFirst()).containsOnlyKeys("artist", "title", "genre", "year");
        assertThatThrownBy(() -> byGenre("jazz", query -> query.select("ALL_ATTRIBUTES")))
                .hasMessageContaining("Select type ALL_ATTRIBUTES is not supported for global secondary index byGenre");
        assertThatThrownBy(() -> byGenre("jazz", query -> query.projectionExpression("#t")
                        .expressionAttributeNames(Map.of("#t", "text"))))
                .hasMessageContaining("Global secondary index byGenre does not project [text]");
        assertThatThrownBy(() -> byGenre("jazz", query -> query.consistentRead(true)))
                .hasMessage("Consistent reads are not supported on global secondary indexes");
        QueryResponse local = db.call(QueryRequest.builder()
                .tableName("songs")
                .indexName("byYear")
                .consistentRead(true)
                .select("ALL_ATTRIBUTES")
                .keyConditionExpression("artist = :a AND #y > :y")
                .expressionAttributeNames(Map.of("#y", "year"))
                .expressionAttributeValues(Map.of(":a", s("A"), ":y", n(1900)))
                .build());
        assertThat(local.items().getFirst()).containsKey("text");
    }

    @Test
    void a_value_of_another_type_is_kept_out_of_the_table() {
        create(all());
        assertThatThrownBy(() -> db.put(
                        "songs",
                        Map.of("artist", s("A"), "title", s("one"), "genre", s("jazz"), "year", s("long ago"))))
                .hasMessageContaining("Type mismatch for Index Key year Expected: N Actual: S IndexName: by");
        assertThat(db.get("songs", Map.of("artist", s("A"), "title", s("one")))).isEmpty();
    }

    @Test
    void an_index_can_be_made_later_of_what_is_there_and_removed_again() {
        db.create("songs", "artist:S", "title:S");
        put("A", "one", "jazz", 1990);
        db.put("songs", Map.of("artist", s("B"), "title", s("two"), "genre", n(1), "year", n(1)));
        db.call(UpdateTableRequest.builder()
                .tableName("songs")
                .attributeDefinitions(attribute("artist", "S"), attribute("genre", "S"), attribute("year", "N"))
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .create(create -> create.indexName("byGenre")
                                .keySchema(key("genre", "HASH"), key("year", "RANGE"))
                                .projection(all()))
                        .build())
                .build());
        GlobalSecondaryIndexDescription index =
                describe().globalSecondaryIndexes().getFirst();
        assertThat(index.indexStatus()).isEqualTo(IndexStatus.CREATING);
        assertThatThrownBy(() -> byGenre("jazz", _ -> {})).hasMessageContaining("backfilling");
        db.time.advance(Duration.ofMinutes(1));
        assertThat(describe().globalSecondaryIndexes().getFirst().indexStatus()).isEqualTo(IndexStatus.ACTIVE);
        assertThat(titles(byGenre("jazz", _ -> {}))).containsExactly("one");

        db.call(UpdateTableRequest.builder()
                .tableName("songs")
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .delete(delete -> delete.indexName("byGenre"))
                        .build())
                .build());
        assertThat(describe().hasGlobalSecondaryIndexes()).isFalse();
        assertThatThrownBy(() -> byGenre("jazz", _ -> {}))
                .hasMessage("The table does not have the specified index: byGenre");
    }

    @Test
    void an_index_that_cannot_be_is_refused() {
        CreateTableRequest.Builder table = TestTables.definition("songs", "artist:S");
        assertThatThrownBy(() -> db.call(table.localSecondaryIndexes(LocalSecondaryIndex.builder()
                                .indexName("byYear")
                                .keySchema(key("artist", "HASH"))
                                .projection(all())
                                .build())
                        .build()))
                .hasMessageContaining("Table KeySchema does not have a range key");
        CreateTableRequest.Builder other = TestTables.definition("songs", "artist:S");
        assertThatThrownBy(() -> db.call(other.globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                                .indexName("byGenre")
                                .keySchema(key("genre", "HASH"))
                                .projection(all())
                                .build())
                        .build()))
                .hasMessageContaining("Some index key attributes are not defined in AttributeDefinitions");
    }

    @Test
    void a_query_reads_only_its_own_part_of_a_large_index() {
        create(all());
        for (int i = 0; i < MANY; i++) {
            put("A" + i, "t", i == MANY / 2 ? "rare" : "jazz", i);
        }
        assertThat(byGenre("rare", _ -> {}).scannedCount()).isEqualTo(1);
    }

    private QueryResponse byGenre(String genre, Consumer<QueryRequest.Builder> more) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName("songs")
                .indexName("byGenre")
                .keyConditionExpression("genre = :g")
                .expressionAttributeValues(Map.of(":g", s(genre)));
        more.accept(query);
        return db.call(query.build());
    }

    private static List<String> titles(QueryResponse response) {
        return response.items().stream().map(item -> item.get("title").s()).toList();
    }

    private TableDescription describe() {
        DescribeTableResponse response =
                db.call(DescribeTableRequest.builder().tableName("songs").build());
        return response.table();
    }

    private static Projection all() {
        return Projection.builder().projectionType("ALL").build();
    }

    private static AttributeDefinition attribute(String name, String type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, String type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
