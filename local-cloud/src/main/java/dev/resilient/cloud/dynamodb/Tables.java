package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.store.ResourceMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** The tables of the account, what is in them, and what becomes of them with time. Thread-safe. */
final class Tables {
    private static final Duration CREATING = Duration.ofSeconds(5);
    private static final Duration DELETING = Duration.ofSeconds(3);
    /** How long it is ENABLING or DISABLING that items end by themselves. */
    private static final Duration EXPIRY_CHANGING = Duration.ofSeconds(10);

    private final CloudContext cloud;
    private final TableArns arns;
    private final ResourceMap<Table> tables;
    /** By the ids of their tables, as far as somebody has asked for them. */
    private final Map<String, ItemStore> items = new ConcurrentHashMap<>();

    /** The tables that the store has. */
    Tables(CloudContext cloud) {
        this.cloud = cloud;
        this.arns = new TableArns(cloud.account());
        this.tables = cloud.store().map("dynamodb.tables");
    }

    private static String kindOfItems(Table table) {
        return "dynamodb.items." + table.description().tableId();
    }

    private ItemStore items(Table table) {
        return items.computeIfAbsent(
                table.description().tableId(),
                _ -> new ItemStore(table, cloud.store().shelf(kindOfItems(table))));
    }

    Instant now() {
        return cloud.time().instant();
    }

    /** Adds a table, which is CREATING for a while. */
    Table create(TableDescription asked, List<Tag> tags) {
        refuseIf(find(asked.tableName()).isPresent(), () -> TableErrors.alreadyExists(asked.tableName()));
        TableDescription description = asked.toBuilder()
                .tableArn(arns.arn(asked.tableName()))
                .tableId(cloud.ids().uuid())
                .creationDateTime(now())
                .build();
        Table table = new Table(description, tags, now(), new TimeToLive(Optional.empty(), now()))
                .passing(TableStatus.CREATING, after(CREATING));
        refuseIf(!tables.create(table.name(), table), () -> TableErrors.alreadyExists(table.name()));
        return table;
    }

    /** As responses show it; the number of items and their size are those of this moment. */
    TableDescription shown(Table table) {
        return table.description().toBuilder()
                .tableStatus(table.status(now()))
                .itemCount(items(table).count())
                .tableSizeBytes(items(table).bytes())
                .build();
    }

    /** The table in any of its states. */
    Table require(String nameOrArn) {
        return find(nameOrArn).orElseThrow(() -> TableErrors.notFound(nameOrArn));
    }

    /** What is in a table, if items can be read and written; those whose time has come are deleted by whoever looks first. */
    ItemStore open(String nameOrArn) {
        Instant now = now();
        Table table = find(nameOrArn)
                .filter(found -> found.status(now) == TableStatus.ACTIVE)
                .orElseThrow(TableErrors::notFound);
        ItemStore open = items(table);
        if (!table.timeToLive().isPassing(now)) {
            open.sweep(now);
        }
        return open;
    }

    /** Begins to let items end by this attribute, or to let them stay if there is none. */
    void expire(String nameOrArn, Optional<String> attribute) {
        TimeToLive changing = new TimeToLive(attribute, after(EXPIRY_CHANGING));
        items(replace(nameOrArn, table -> table.with(changing))).expire(attribute);
    }

    Optional<Table> find(String nameOrArn) {
        return arns.name(nameOrArn).flatMap(tables::find).filter(this::isThere);
    }

    /** Changes a table in whatever state. */
    Table replace(String nameOrArn, UnaryOperator<Table> change) {
        Table found = require(nameOrArn);
        return tables.update(found.name(), change).orElseThrow(() -> TableErrors.notFound(nameOrArn));
    }

    /** Begins to delete an ACTIVE table, which is DELETING for a while and then gone. */
    Table delete(String nameOrArn) {
        return replace(nameOrArn, table -> {
            TableStatus status = table.status(now());
            refuseIf(
                    status != TableStatus.ACTIVE,
                    () -> TableErrors.inUse(table.name(), status == TableStatus.CREATING ? "created" : "deleted"));
            return table.passing(TableStatus.DELETING, after(DELETING));
        });
    }

    /** Every table, by name. */
    List<Table> list() {
        return tables.list().stream().filter(this::isThere).toList();
    }

    private Instant after(Duration usual) {
        return now().plus(cloud.provisioning("table", usual));
    }

    /** Whether it is not gone; whoever looks first takes away what is left of one that is. */
    private boolean isThere(Table table) {
        boolean over = table.isOver(now());
        if (over && tables.remove(table.name(), table)) {
            items.remove(table.description().tableId());
            cloud.store().drop(kindOfItems(table));
        }
        return !over;
    }
}
