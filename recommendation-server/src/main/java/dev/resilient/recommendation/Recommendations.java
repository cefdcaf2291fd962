package dev.resilient.recommendation;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Recommendations from one table: any item of any media type, each as likely as every other. Knows nothing about the data,
 * not even what the table's key attributes are called. Thread-safe.
 */
final class Recommendations {
    private static final int CHOICES = 3;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final KeyCatalogue catalogue;
    private final RandomGenerator random;

    /** @param random a generator that many threads may use */
    Recommendations(DynamoDbClient dynamoDb, String table, KeyCatalogue catalogue, RandomGenerator random) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.catalogue = catalogue;
        this.random = random;
    }

    /**
     * An item chosen at random, read from the table now. An item that was deleted since its key was loaded is no choice: the
     * keys are loaded again, and another item is chosen.
     *
     * @throws Unavailable if the table has no items
     * @throws software.amazon.awssdk.core.exception.SdkException if the table cannot be read
     */
    Map<String, AttributeValue> choose() throws InterruptedException {
        List<Map<String, AttributeValue>> keys = catalogue.keys();
        for (int choice = 0; choice < CHOICES && !keys.isEmpty(); choice++) {
            Map<String, AttributeValue> key = keys.get(random.nextInt(keys.size()));
            Map<String, AttributeValue> item = dynamoDb.getItem(
                            request -> request.tableName(table).key(key))
                    .item();
            if (!item.isEmpty()) {
                return item;
            }
            keys = catalogue.reload();
        }
        throw new Unavailable("table " + table + " has no items");
    }
}
