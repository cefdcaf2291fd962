package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.dynamodb.ItemKey.Edge;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.store.Shelf;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class LargeTableTest {
    private static final int ITEMS = 100_000;

    @Test
    void a_page_at_the_end_of_a_hundred_thousand_items_reads_only_its_own() {
        TestTables db = new TestTables();
        db.create("items", "hash:S", "range:N");
        for (int i = 0; i < ITEMS; i++) {
            db.put("items", Map.of("hash", s("one"), "range", n(i)));
        }

        QueryResponse page = db.call(QueryRequest.builder()
                .tableName("items")
                .keyConditionExpression("#h = :h AND #r >= :r")
                .expressionAttributeNames(Map.of("#h", "hash", "#r", "range"))
                .expressionAttributeValues(Map.of(":h", s("one"), ":r", n(ITEMS - 3)))
                .build());

        assertThat(page.scannedCount()).isEqualTo(3);
        assertThat(page.items()).extracting(item -> item.get("range").n()).containsExactly("99997", "99998", "99999");
    }

    @Test
    void segments_of_a_table_are_about_equal() {
        ItemStore store = new ItemStore(
                Shelf.NONE, new KeySchema(new KeyAttribute("hash", ScalarAttributeType.S, 2048), Optional.empty()));
        int segments = 8;
        for (int i = 0; i < ITEMS; i++) {
            AttributeValue hash = s("item-" + i);
            store.change(ItemKey.of(hash, null), _ -> Optional.of(new Item(Map.of("hash", hash))));
        }

        for (int segment = 0; segment < segments; segment++) {
            int count = 0;
            for (Map.Entry<ItemKey, Item> _ : store.between(KeyRange.ofSegment(segment, segments), true)) {
                count++;
            }
            assertThat(count).isBetween(ITEMS / segments * 9 / 10, ITEMS / segments * 11 / 10);
        }
        assertThat(store.count()).isEqualTo(ITEMS);
    }

    @Test
    void bounds_stand_beside_what_they_bound() {
        AttributeValue hash = s("h");
        AttributeValue one = n(1);
        ItemKey item = ItemKey.of(hash, one);

        assertThat(ItemKey.beside(Edge.BEFORE, hash)).isLessThan(item);
        assertThat(ItemKey.beside(Edge.BEHIND, hash)).isGreaterThan(item);
        assertThat(ItemKey.beside(Edge.BEFORE, hash, one)).isLessThan(item);
        assertThat(ItemKey.beside(Edge.BEHIND, hash, one)).isGreaterThan(item);
        assertThat(ItemKey.beside(Edge.BEFORE, hash)).isLessThan(ItemKey.beside(Edge.BEFORE, hash, one));
        assertThat(ItemKey.beside(Edge.BEHIND, hash, one)).isLessThan(ItemKey.beside(Edge.BEHIND, hash));
        assertThat(ItemKey.beforeToken(item.token())).isLessThan(item).isLessThan(ItemKey.beside(Edge.BEFORE, hash));
        assertThat(item).isEqualByComparingTo(ItemKey.of(hash, n(1)));
    }
}
