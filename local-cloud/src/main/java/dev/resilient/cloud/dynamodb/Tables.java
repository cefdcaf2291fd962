package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** The tables of the account, and what becomes of them with time. Thread-safe. */
final class Tables {
    private static final Duration CREATING = Duration.ofSeconds(5);
    private static final Duration DELETING = Duration.ofSeconds(3);
    /** How long it is ENABLING or DISABLING that items end by themselves. */
    private static final Duration EXPIRY_CHANGING = Duration.ofSeconds(10);

    private final ResourceStore store;
    private final ResourceMap<Table> tables;
    private final TableArns arns;
    private final CloudContext cloud;
    private final TimeSource time;
    private final Ids ids;

    /** The tables that the store has. One that was being created is ACTIVE, one that was being deleted is gone. */
    Tables(CloudContext cloud) {
        this.store = cloud.store();
        this.arns = new TableArns(cloud.account());
        this.cloud = cloud;
        this.time = cloud.time();
        this.ids = cloud.ids();
        this.tables = store.<Table, Table.Stored>map("dynamodb.tables", Table::stored, this::restored);
        tables.list().forEach(table -> dropIfOver(table.name()));
    }

    private Table restored(Table.Stored stored) {
        return stored.restored(items(stored.description()), time);
    }

    private ItemStore items(TableDescription table) {
        return new ItemStore(
                store.shelf(kindOfItems(table.tableId())),
                KeySchema.of(table.keySchema(), table.attributeDefinitions()));
    }

    private static String kindOfItems(String tableId) {
        return "dynamodb.items." + tableId;
    }

    TimeSource time() {
        return time;
    }

    /** Adds a table, which is CREATING for a while. */
    Table create(TableDescription asked, List<Tag> tags) {
        dropIfOver(asked.tableName());
        TableDescription description = asked.toBuilder()
                .tableArn(arns.arn(asked.tableName()))
                .tableId(ids.uuid())
                .creationDateTime(time.instant())
                .build();
        Table table = new Table(description, tags, 0, TimeToLive.never(time.nanoTime()), items(description))
                .passing(TableStatus.CREATING, ends(CREATING));
        refuseIf(!tables.create(table.name(), table), () -> TableErrors.alreadyExists(table.name()));
        return table;
    }

    /** As responses show it. */
    TableDescription shown(Table table) {
        return table.shown(time.nanoTime());
    }

    /** The table in any of its states. */
    Table require(String nameOrArn) {
        return find(nameOrArn).orElseThrow(() -> TableErrors.notFound(nameOrArn));
    }

    /** The table, if items can be read and written. */
    Table requireOpen(String nameOrArn) {
        return find(nameOrArn)
                .filter(table -> status(table) == TableStatus.ACTIVE)
                .map(this::swept)
                .orElseThrow(TableErrors::notFound);
    }

    /** Without the items whose time has come: whoever looks first deletes them. */
    private Table swept(Table table) {
        if (!table.timeToLive().isPassing(time.nanoTime())) {
            table.timeToLive().expiry().ifPresent(expiry -> expiry.sweep(table.items(), time.instant()));
        }
        return table;
    }

    /** Begins to let items end by themselves, or to let them stay. */
    Table change(String nameOrArn, Optional<String> expiring) {
        Table before = require(nameOrArn);
        Optional<Expiry> expiry = expiring.map(Expiry::new);
        TimeToLive changing = new TimeToLive(expiry, ends(EXPIRY_CHANGING));
        Table after = replace(nameOrArn, table -> table.with(changing));
        before.timeToLive().expiry().ifPresent(after.items()::remove);
        expiry.ifPresent(after.items()::add);
        return after;
    }

    Optional<Table> find(String nameOrArn) {
        return arns.name(nameOrArn).flatMap(name -> {
            dropIfOver(name);
            return tables.find(name);
        });
    }

    /** Changes a table in whatever state. */
    Table replace(String nameOrArn, UnaryOperator<Table> change) {
        Table found = require(nameOrArn);
        return tables.update(found.name(), change).orElseThrow(() -> TableErrors.notFound(nameOrArn));
    }

    /** Begins to delete an ACTIVE table, which is DELETING for a while and then gone. */
    Table delete(String nameOrArn) {
        return replace(nameOrArn, table -> {
            refuseIf(
                    status(table) != TableStatus.ACTIVE,
                    () -> TableErrors.inUse(
                            table.name(), status(table) == TableStatus.CREATING ? "created" : "deleted"));
            return table.passing(TableStatus.DELETING, ends(DELETING));
        });
    }

    /** Every table, by name. */
    List<Table> list() {
        long now = time.nanoTime();
        return tables.list().stream().filter(table -> !table.isOver(now)).toList();
    }

    private TableStatus status(Table table) {
        return table.status(time.nanoTime());
    }

    private long ends(Duration usual) {
        return time.nanoTime() + cloud.provisioning("table", usual).toNanos();
    }

    private void dropIfOver(String name) {
        tables.find(name)
                .filter(table -> table.isOver(time.nanoTime()))
                .filter(table -> tables.remove(name, table))
                .ifPresent(table -> store.drop(kindOfItems(table.description().tableId())));
    }
}
