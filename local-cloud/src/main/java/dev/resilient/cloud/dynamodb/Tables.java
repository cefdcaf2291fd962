package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The tables of the account, and what becomes of them with time. Thread-safe. */
final class Tables {
    private static final Duration CREATING = Duration.ofSeconds(5);
    private static final Duration UPDATING = Duration.ofSeconds(5);
    private static final Duration DELETING = Duration.ofSeconds(3);
    /** How long it is ENABLING or DISABLING that items end by themselves. */
    private static final Duration EXPIRY_CHANGING = Duration.ofSeconds(10);

    private final ResourceStore store;
    private final ResourceMap<TableRecord> tables;
    private final TableArns arns;
    private final CloudContext cloud;
    private final TimeSource time;
    private final Ids ids;

    /** The tables that the store has. One that was being created or changed is ACTIVE, one that was being deleted is gone. */
    Tables(CloudContext cloud) {
        this.store = cloud.store();
        this.arns = new TableArns(cloud.account());
        this.cloud = cloud;
        this.time = cloud.time();
        this.ids = cloud.ids();
        this.tables = store.map("dynamodb.tables", StoredTable::of, stored -> stored.restored(items(stored), time));
        tables.list().forEach(table -> dropIfOver(table.name()));
    }

    private ItemStore items(StoredTable table) {
        return new ItemStore(
                store.shelf(kindOfItems(table.id())), table.settings().schema());
    }

    private static String kindOfItems(String tableId) {
        return "dynamodb.items." + tableId;
    }

    TimeSource time() {
        return time;
    }

    /** Adds a table, which is CREATING for a while. */
    TableRecord create(TableSettings settings) {
        dropIfOver(settings.name());
        String id = ids.uuid();
        TableLife life = passing(TableStatus.CREATING, CREATING);
        ItemStore items = new ItemStore(store.shelf(kindOfItems(id)), settings.schema());
        TableRecord table = new TableRecord(
                arns.arn(settings.name()),
                id,
                time.instant(),
                settings,
                TimeToLive.never(time.nanoTime()),
                life,
                items);
        refuseIf(!tables.create(table.name(), table), () -> TableErrors.alreadyExists(table.name()));
        return table;
    }

    /** The table in any of its states. */
    TableRecord require(String nameOrArn) {
        return find(nameOrArn).orElseThrow(() -> TableErrors.notFound(nameOrArn));
    }

    /** The table, if items can be read and written. */
    TableRecord requireOpen(String nameOrArn) {
        return find(nameOrArn)
                .filter(table -> switch (status(table)) {
                    case ACTIVE, UPDATING -> true;
                    case CREATING,
                            DELETING,
                            INACCESSIBLE_ENCRYPTION_CREDENTIALS,
                            ARCHIVING,
                            ARCHIVED,
                            REPLICATION_NOT_AUTHORIZED,
                            UNKNOWN_TO_SDK_VERSION -> false;
                })
                .map(this::swept)
                .orElseThrow(TableErrors::notFound);
    }

    /** Without the items whose time has come: whoever looks first deletes them. */
    private TableRecord swept(TableRecord table) {
        if (!table.timeToLive().isPassing(time.nanoTime())) {
            table.timeToLive().expiry().ifPresent(expiry -> expiry.sweep(table.items(), time.instant()));
        }
        return table;
    }

    /** Begins to let items end by themselves, or to let them stay. */
    TableRecord change(String nameOrArn, Optional<String> expiring) {
        TableRecord before = require(nameOrArn);
        Optional<Expiry> expiry = expiring.map(Expiry::new);
        TableLife changing = passing(TableStatus.UPDATING, EXPIRY_CHANGING);
        TableRecord after =
                replace(nameOrArn, table -> table.withTimeToLive(new TimeToLive(expiry, changing.endNanos())));
        before.timeToLive().expiry().ifPresent(after.items()::remove);
        expiry.ifPresent(after.items()::add);
        return after;
    }

    Optional<TableRecord> find(String nameOrArn) {
        return arns.name(nameOrArn).flatMap(name -> {
            dropIfOver(name);
            return tables.find(name);
        });
    }

    /** Changes the settings of an ACTIVE table, which is UPDATING for a while. */
    TableRecord change(String nameOrArn, UnaryOperator<TableRecord> change) {
        return replace(nameOrArn, table -> change.apply(requireActive(table))
                .withLife(passing(TableStatus.UPDATING, UPDATING)));
    }

    /** Changes what can be changed in any state. */
    TableRecord replace(String nameOrArn, UnaryOperator<TableRecord> change) {
        TableRecord found = require(nameOrArn);
        return tables.update(found.name(), change).orElseThrow(() -> TableErrors.notFound(nameOrArn));
    }

    /** Begins to delete an ACTIVE table, which is DELETING for a while and then gone. */
    TableRecord delete(String nameOrArn) {
        return replace(nameOrArn, table -> {
            refuseIf(
                    requireActive(table).deletionProtected(),
                    () -> Validation.error("Resource cannot be deleted as it is currently protected against deletion. "
                            + "Disable deletion protection first."));
            return table.withLife(passing(TableStatus.DELETING, DELETING));
        });
    }

    /** Every table, by name. */
    List<TableRecord> list() {
        long now = time.nanoTime();
        return tables.list().stream().filter(table -> !table.life().isOver(now)).toList();
    }

    TableStatus status(TableRecord table) {
        return table.life().at(time.nanoTime());
    }

    private TableRecord requireActive(TableRecord table) {
        return switch (status(table)) {
            case ACTIVE -> table;
            case CREATING -> throw TableErrors.inUse(table.name(), "created");
            case UPDATING -> throw TableErrors.inUse(table.name(), "updated");
            case DELETING -> throw TableErrors.inUse(table.name(), "deleted");
            case INACCESSIBLE_ENCRYPTION_CREDENTIALS,
                    ARCHIVING,
                    ARCHIVED,
                    REPLICATION_NOT_AUTHORIZED,
                    UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("no table gets here");
        };
    }

    private TableLife passing(TableStatus status, Duration length) {
        return TableLife.passing(status, time.nanoTime(), cloud.provisioning("table", length));
    }

    private void dropIfOver(String name) {
        tables.find(name)
                .filter(table -> table.life().isOver(time.nanoTime()))
                .filter(table -> tables.remove(name, table))
                .ifPresent(table -> store.drop(kindOfItems(table.id())));
    }
}
