package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/** The operations on tables themselves. */
record TableOperations(Tables tables) {
    private static final int LIST_LIMIT = 100;
    private static final int MIN_NAME = 3;
    private static final int MAX_NAME = 255;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

    CreateTableResponse create(CreateTableRequest request) {
        refuseUnsupported(request);
        checkName(request.tableName());
        Map<String, ValueType> types = KeySchemas.types(request.attributeDefinitions());
        TableSettings settings = new TableSettings(
                request.tableName(),
                KeySchemas.read(request.keySchema(), types),
                Billing.read(
                        Optional.ofNullable(request.billingMode()).orElse(BillingMode.PROVISIONED),
                        request.provisionedThroughput(),
                        null,
                        tables.time().instant()),
                Boolean.TRUE.equals(request.deletionProtectionEnabled()),
                TableTags.read(request.tags()));
        KeySchemas.requireAllUsed(types, settings.schema());
        return CreateTableResponse.builder()
                .tableDescription(describe(tables.create(settings)))
                .build();
    }

    DescribeTableResponse describe(DescribeTableRequest request) {
        return DescribeTableResponse.builder()
                .table(describe(tables.require(request.tableName())))
                .build();
    }

    ListTablesResponse list(ListTablesRequest request) {
        int limit = Optional.ofNullable(request.limit()).orElse(LIST_LIMIT);
        String start = Optional.ofNullable(request.exclusiveStartTableName()).orElse("");
        List<String> names = tables.list().stream()
                .map(TableRecord::name)
                .filter(name -> name.compareTo(start) > 0)
                .limit(limit + 1L)
                .toList();
        ListTablesResponse.Builder response = ListTablesResponse.builder();
        return names.size() <= limit
                ? response.tableNames(names).build()
                : response.tableNames(names.subList(0, limit))
                        .lastEvaluatedTableName(names.get(limit - 1))
                        .build();
    }

    UpdateTableResponse update(UpdateTableRequest request) {
        refuseUnsupported(request);
        if (request.billingMode() == null
                && request.provisionedThroughput() == null
                && request.deletionProtectionEnabled() == null) {
            throw Validation.error("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                    + "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }
        TableRecord changed = tables.change(request.tableName(), table -> changed(table, request));
        return UpdateTableResponse.builder().tableDescription(describe(changed)).build();
    }

    DeleteTableResponse delete(DeleteTableRequest request) {
        return DeleteTableResponse.builder()
                .tableDescription(describe(tables.delete(request.tableName())))
                .build();
    }

    DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
        TableRecord table = tables.require(request.tableName());
        return DescribeTimeToLiveResponse.builder()
                .timeToLiveDescription(table.timeToLive().describe(tables.time().nanoTime()))
                .build();
    }

    UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
        TimeToLive now = tables.requireOpen(request.tableName()).timeToLive();
        boolean enabled = request.timeToLiveSpecification().enabled();
        String attribute = request.timeToLiveSpecification().attributeName();
        refuseIf(
                now.isPassing(tables.time().nanoTime()),
                () -> Validation.error("Time to live has been modified multiple times within a fixed interval"));
        refuseIf(
                now.expiry().isPresent() == enabled,
                () -> Validation.error("TimeToLive is already " + (enabled ? "enabled" : "disabled")));
        refuseIf(
                now.expiry()
                        .filter(expiry -> !expiry.attribute().equals(attribute))
                        .isPresent(),
                () -> Validation.error("TimeToLive is active on a different AttributeName: current AttributeName is "
                        + now.expiry().get().attribute()));
        tables.change(request.tableName(), enabled ? Optional.of(attribute) : Optional.empty());
        return UpdateTimeToLiveResponse.builder()
                .timeToLiveSpecification(request.timeToLiveSpecification())
                .build();
    }

    private TableDescription describe(TableRecord table) {
        return table.describe(tables.status(table));
    }

    private TableRecord changed(TableRecord table, UpdateTableRequest request) {
        boolean deletionProtected =
                Optional.ofNullable(request.deletionProtectionEnabled()).orElse(table.deletionProtected());
        if (request.billingMode() == null && request.provisionedThroughput() == null) {
            return table.withSettings(table.settings().with(table.billing(), deletionProtected));
        }
        BillingMode mode = Optional.ofNullable(request.billingMode())
                .orElse(table.billing().mode());
        Billing billing = mode == BillingMode.PAY_PER_REQUEST
                        && table.billing().mode() == mode
                        && request.provisionedThroughput() == null
                ? table.billing()
                : Billing.read(
                        mode,
                        request.provisionedThroughput(),
                        table.billing(),
                        tables.time().instant());
        if (request.provisionedThroughput() != null && billing.equals(table.billing())) {
            throw unchanged(billing);
        }
        return table.withSettings(table.settings().with(billing, deletionProtected));
    }

    private static RuntimeException unchanged(Billing billing) {
        return Validation.error(
                "The provisioned throughput for the table will not change. The requested value equals the current"
                        + " value. Current ReadCapacityUnits provisioned for the table: " + billing.readUnits()
                        + ". Requested ReadCapacityUnits: " + billing.readUnits()
                        + ". Current WriteCapacityUnits provisioned for the table: " + billing.writeUnits()
                        + ". Requested WriteCapacityUnits: " + billing.writeUnits()
                        + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher"
                        + " limits.");
    }

    private static void refuseUnsupported(CreateTableRequest request) {
        Unsupported.refuse("LocalSecondaryIndexes", request.hasLocalSecondaryIndexes());
        Unsupported.refuse("GlobalSecondaryIndexes", request.hasGlobalSecondaryIndexes());
        Unsupported.refuse(
                "StreamSpecification",
                request.streamSpecification() != null
                        && request.streamSpecification().streamEnabled());
        Unsupported.refuse(
                "SSESpecification",
                request.sseSpecification() != null
                        && Boolean.TRUE.equals(request.sseSpecification().enabled()));
        Unsupported.refuse("TableClass", request.tableClass() != null && request.tableClass() != TableClass.STANDARD);
        Unsupported.refuse("WarmThroughput", request.warmThroughput() != null);
        Unsupported.refuse("OnDemandThroughput", request.onDemandThroughput() != null);
        Unsupported.refuse("ResourcePolicy", request.resourcePolicy() != null);
    }

    private static void refuseUnsupported(UpdateTableRequest request) {
        Unsupported.refuse("GlobalSecondaryIndexUpdates", request.hasGlobalSecondaryIndexUpdates());
        Unsupported.refuse("StreamSpecification", request.streamSpecification() != null);
        Unsupported.refuse("SSESpecification", request.sseSpecification() != null);
        Unsupported.refuse("ReplicaUpdates", request.hasReplicaUpdates());
        Unsupported.refuse("TableClass", request.tableClass() != null);
        Unsupported.refuse("WarmThroughput", request.warmThroughput() != null);
        Unsupported.refuse("OnDemandThroughput", request.onDemandThroughput() != null);
    }

    private static void checkName(String name) {
        refuseIf(
                name.length() < MIN_NAME || name.length() > MAX_NAME,
                () -> Validation.error("TableName must be at least 3 characters long and at most 255 characters long"));
        refuseIf(
                !NAME.matcher(name).matches(),
                () -> Validation.error(
                        "1 validation error detected: Value '" + name + "' at 'tableName' failed to satisfy "
                                + "constraint: Member must satisfy regular expression pattern: " + NAME.pattern()));
    }
}
