package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.dynamodb.ItemKey.Edge;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

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
