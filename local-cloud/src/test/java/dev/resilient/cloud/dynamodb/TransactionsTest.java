package dev.resilient.cloud.dynamodb;

import static dev.resilient.cloud.dynamodb.TestTables.n;
import static dev.resilient.cloud.dynamodb.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Transactions: all or nothing. */
class TransactionsTest {
    private final TestTables db = new TestTables();

    @BeforeEach
    void create() {
        db.create("accounts", "id:S");
        db.create("log", "id:S");
        db.put("accounts", Map.of("id", s("a"), "money", n(10)));
        db.put("accounts", Map.of("id", s("b"), "money", n(0)));
    }

    @Test
    void writes_to_several_tables_happen_together() {
        TransactWriteItemsResponse response = write(
                null,
                move("a", -4),
                move("b", 4),
                TransactWriteItem.builder()
                        .put(put -> put.tableName("log").item(Map.of("id", s("1"))))
                        .build());
        assertThat(money("a")).isEqualTo("6");
        assertThat(money("b")).isEqualTo("4");
        assertThat(db.get("log", Map.of("id", s("1")))).isNotEmpty();
        assertThat(response.consumedCapacity())
                .extracting("tableName", "capacityUnits")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("accounts", 4.0),
                        org.assertj.core.groups.Tuple.tuple("log", 2.0));
    }

    @Test
    void one_condition_that_does_not_hold_cancels_everything_and_says_which() {
        assertThatThrownBy(() -> write(
                        null,
                        move("b", 20),
                        move("a", -20),
                        TransactWriteItem.builder()
                                .conditionCheck(check -> check.tableName("log")
                                        .key(Map.of("id", s("none")))
                                        .conditionExpression("attribute_exists(id)"))
                                .build()))
                .hasMessage("Transaction cancelled, please refer cancellation reasons for specific reasons"
                        + " [None, ConditionalCheckFailed, ConditionalCheckFailed]")
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo("TransactionCanceledException");
                    List<CancellationReason> reasons =
                            ((TransactionCanceledException) error.details().orElseThrow()).cancellationReasons();
                    assertThat(reasons.get(0).message()).isNull();
                    assertThat(reasons.get(1).message()).isEqualTo("The conditional request failed");
                    assertThat(reasons.get(1).item()).containsEntry("money", n(10));
                    assertThat(reasons.get(2).hasItem()).isFalse();
                });
        assertThat(money("a")).isEqualTo("10");
        assertThat(money("b")).isEqualTo("0");
    }

    @Test
    void an_update_that_cannot_be_done_is_a_reason_too() {
        db.put("accounts", Map.of("id", s("b"), "money", s("much")));
        TransactWriteItem impossible = TransactWriteItem.builder()
                .update(update -> update.tableName("accounts")
                        .key(Map.of("id", s("b")))
                        .updateExpression("ADD money :one")
                        .expressionAttributeValues(Map.of(":one", n(1))))
                .build();
        assertThatThrownBy(() -> write(null, move("a", -1), impossible))
                .hasMessageEndingWith("[None, ValidationError]");
        assertThat(money("a")).isEqualTo("10");
    }

    @Test
    void a_token_makes_a_request_happen_once_for_ten_minutes() {
        write("token", move("a", -1));
        write("token", move("a", -1));
        assertThat(money("a")).isEqualTo("9");
        assertThatThrownBy(() -> write("token", move("a", -2)))
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code)
                .isEqualTo("IdempotentParameterMismatchException");
        db.time.advance(Duration.ofMinutes(10));
        write("token", move("a", -2));
        assertThat(money("a")).isEqualTo("7");
    }

    @Test
    void what_makes_no_sense_is_refused_before_anything_is_done() {
        assertThatThrownBy(() -> write(null, move("a", -1), move("a", -1)))
                .hasMessage("Transaction request cannot include multiple operations on one item");
        assertThatThrownBy(() ->
                        write(null, move("a", -1), TransactWriteItem.builder().build()))
                .hasMessage("TransactItems can only contain one of Check, Put, Update or Delete");
        assertThat(money("a")).isEqualTo("10");
    }

    @Test
    void reads_see_one_moment() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> movers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                movers.add(executor.submit((Callable<Void>) () -> {
                    for (int turn = 0; turn < 200; turn++) {
                        write(null, move("a", turn % 2 == 0 ? -2 : 2), move("b", turn % 2 == 0 ? 2 : -2));
                    }
                    return null;
                }));
            }
            while (!movers.stream().allMatch(Future::isDone)) {
                TransactGetItemsResponse both = db.call(TransactGetItemsRequest.builder()
                        .transactItems(get("a"), get("b"))
                        .build());
                assertThat(both.responses().stream()
                                .mapToInt(each -> Integer.parseInt(
                                        each.item().get("money").n()))
                                .sum())
                        .isEqualTo(10);
            }
            for (Future<Void> mover : movers) {
                mover.get();
            }
        }
        assertThat(money("a")).isEqualTo("10");
    }

    @Test
    void a_read_of_nothing_is_empty_and_projections_hold() {
        TransactGetItemsResponse response = db.call(TransactGetItemsRequest.builder()
                .transactItems(
                        get("none"),
                        TransactGetItem.builder()
                                .get(get -> get.tableName("accounts")
                                        .key(Map.of("id", s("a")))
                                        .projectionExpression("money"))
                                .build())
                .build());
        assertThat(response.responses().getFirst().hasItem()).isFalse();
        assertThat(response.responses().getLast().item()).containsExactly(Map.entry("money", n(10)));
    }

    @Test
    void a_single_write_whose_condition_does_not_hold_shows_the_item_if_asked() {
        Consumer<PutItemRequest.Builder> refused = put ->
                put.tableName("accounts").item(Map.of("id", s("a"))).conditionExpression("attribute_not_exists(id)");
        assertThatThrownBy(() -> db.call(PutItemRequest.builder()
                        .applyMutation(refused)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build()))
                .hasMessage("The conditional request failed")
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(error -> error.details().isPresent())
                .isEqualTo(true);
        assertThatThrownBy(() ->
                        db.call(PutItemRequest.builder().applyMutation(refused).build()))
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(error -> error.details().isPresent())
                .isEqualTo(false);
    }

    private TransactWriteItemsResponse write(
            @org.jspecify.annotations.Nullable String token, TransactWriteItem... items) {
        return db.call(TransactWriteItemsRequest.builder()
                .clientRequestToken(token)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .transactItems(items)
                .build());
    }

    /** Changes what an account has, by no more than there is. */
    private static TransactWriteItem move(String account, int money) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName("accounts")
                        .key(Map.of("id", s(account)))
                        .updateExpression("SET money = money + :m")
                        .conditionExpression("money >= :least")
                        .expressionAttributeValues(
                                Map.of(":m", n(money), ":least", n(account.equals("a") ? -money : -1000)))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private static TransactGetItem get(String account) {
        return TransactGetItem.builder()
                .get(get -> get.tableName("accounts").key(Map.of("id", s(account))))
                .build();
    }

    private String money(String account) {
        return db.get("accounts", Map.of("id", s(account))).get("money").n();
    }
}
