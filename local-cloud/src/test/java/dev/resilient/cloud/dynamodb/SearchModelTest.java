package dev.resilient.cloud.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Compares queries and scans over random items with a list that is filtered and sorted. */
class SearchModelTest {
    private static final int ITEMS = 300;
    private static final int HASHES = 6;
    private final TestTables db = new TestTables();
    private final Map<String, Map<String, AttributeValue>> model = new HashMap<>();

    @ParameterizedTest
    @EnumSource(names = {"S", "N", "B"})
    void pages_of_any_size_give_every_item_once_and_in_order(ScalarAttributeType type) {
        long seed = new Random().nextLong();
        System.out.println("seed of " + type + ": " + seed);
        Random random = new Random(seed);
        db.create("items", "hash:S", "range:" + type);
        fill(random, type);

        for (int hash = 0; hash < HASHES; hash++) {
            queryAll(random, "h" + hash, type);
        }
        scanAll(random);
    }

    private void fill(Random random, ScalarAttributeType type) {
        for (int i = 0; i < ITEMS; i++) {
            AttributeValue hash = AttributeValue.fromS("h" + random.nextInt(HASHES));
            AttributeValue range = random(random, type);
            Map<String, AttributeValue> key = Map.of("hash", hash, "range", range);
            if (random.nextInt(5) == 0) {
                db.call(DeleteItemRequest.builder().tableName("items").key(key).build());
                model.remove(canonical(key));
            } else {
                Map<String, AttributeValue> item =
                        Map.of("hash", hash, "range", range, "value", AttributeValue.fromN(Integer.toString(i)));
                db.put("items", item);
                model.put(canonical(key), item);
            }
        }
    }

    private void queryAll(Random random, String hash, ScalarAttributeType type) {
        boolean forward = random.nextBoolean();
        AttributeValue bound = random(random, type);
        List<String> expected = new ArrayList<>(model.values().stream()
                .filter(item -> item.get("hash").s().equals(hash) && order(item.get("range"), bound) >= 0)
                .sorted((a, b) -> order(a.get("range"), b.get("range")))
                .map(item -> item.get("value").n())
                .toList());

        List<String> found = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        do {
            QueryResponse page = db.call(QueryRequest.builder()
                    .tableName("items")
                    .keyConditionExpression("#h = :h AND #r >= :r")
                    .expressionAttributeNames(Map.of("#h", "hash", "#r", "range"))
                    .expressionAttributeValues(Map.of(":h", AttributeValue.fromS(hash), ":r", bound))
                    .scanIndexForward(forward)
                    .limit(1 + random.nextInt(30))
                    .exclusiveStartKey(start)
                    .build());
            page.items().forEach(item -> found.add(item.get("value").n()));
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);

        assertThat(found).isEqualTo(forward ? expected : expected.reversed());
    }

    private void scanAll(Random random) {
        List<String> found = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        do {
            ScanResponse page = db.call(ScanRequest.builder()
                    .tableName("items")
                    .limit(1 + random.nextInt(30))
                    .exclusiveStartKey(start)
                    .build());
            page.items().forEach(item -> found.add(item.get("value").n()));
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);

        Set<String> expected = new HashSet<>();
        model.values().forEach(item -> expected.add(item.get("value").n()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static AttributeValue random(Random random, ScalarAttributeType type) {
        return switch (type) {
            case S -> AttributeValue.fromS(randomString(random));
            case N ->
                AttributeValue.fromN(new BigDecimal(random.nextInt(2000) - 1000)
                        .scaleByPowerOfTen(random.nextInt(5) - 2)
                        .toString());
            case B -> {
                byte[] bytes = new byte[1 + random.nextInt(3)];
                random.nextBytes(bytes);
                yield AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
            }
            case UNKNOWN_TO_SDK_VERSION -> throw new AssertionError();
        };
    }

    private static String randomString(Random random) {
        int[] alphabet = {
            'a', 'b', 'Z', 0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= random.nextInt(3); i++) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static int order(AttributeValue a, AttributeValue b) {
        return switch (a.type()) {
            case N -> new BigDecimal(a.n()).compareTo(new BigDecimal(b.n()));
            case S ->
                Arrays.compareUnsigned(a.s().getBytes(StandardCharsets.UTF_8), b.s().getBytes(StandardCharsets.UTF_8));
            default -> Arrays.compareUnsigned(a.b().asByteArray(), b.b().asByteArray());
        };
    }

    private static String canonical(Map<String, AttributeValue> key) {
        AttributeValue range = key.get("range");
        String shown = range.n() == null
                ? range.toString()
                : new BigDecimal(range.n()).stripTrailingZeros().toPlainString();
        return key.get("hash").s() + "/" + shown;
    }
}
