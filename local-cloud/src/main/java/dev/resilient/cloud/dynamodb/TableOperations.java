package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.INVALID;
import static dev.resilient.expression.value.Validation.refuseIf;

import java.util.List;
import java.util.Optional;
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
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/** The operations on tables themselves. The throughput of a table is shown and never limits it. */
record TableOperations(Tables tables) {
    private static final int LIST_LIMIT = 100;

    CreateTableResponse create(CreateTableRequest request) {
        Unsupported.refuse(request);
        TableArns.check(request.tableName());
        KeySchema.of(request.keySchema(), request.attributeDefinitions());
        TableDescription.Builder description = TableDescription.builder()
                .tableName(request.tableName())
                .keySchema(request.keySchema())
                .attributeDefinitions(request.attributeDefinitions())
                .deletionProtectionEnabled(false)
                .provisionedThroughput(throughput(request));
        // AWS shows a mode only where a table is paid per request.
        if (request.billingMode() == BillingMode.PAY_PER_REQUEST) {
            description.billingModeSummary(summary ->
                    summary.billingMode(request.billingMode()).lastUpdateToPayPerRequestDateTime(tables.now()));
        }
        return CreateTableResponse.builder()
                .tableDescription(tables.shown(tables.create(description.build(), TableTags.checked(request.tags()))))
                .build();
    }

    private static ProvisionedThroughputDescription throughput(CreateTableRequest request) {
        boolean perRequest = request.billingMode() == BillingMode.PAY_PER_REQUEST;
        ProvisionedThroughput units = request.provisionedThroughput();
        refuseIf(
                perRequest && units != null,
                INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                        + " PAY_PER_REQUEST");
        refuseIf(
                !perRequest && units == null,
                INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
                        + " PROVISIONED");
        return ProvisionedThroughputDescription.builder()
                .numberOfDecreasesToday(0L)
                .readCapacityUnits(units == null ? 0L : units.readCapacityUnits())
                .writeCapacityUnits(units == null ? 0L : units.writeCapacityUnits())
                .build();
    }

    DescribeTableResponse describe(DescribeTableRequest request) {
        return DescribeTableResponse.builder()
                .table(tables.shown(tables.require(request.tableName())))
                .build();
    }

    ListTablesResponse list(ListTablesRequest request) {
        int limit = Optional.ofNullable(request.limit()).orElse(LIST_LIMIT);
        String start = Optional.ofNullable(request.exclusiveStartTableName()).orElse("");
        List<String> names = tables.list().stream()
                .map(Table::name)
                .filter(name -> name.compareTo(start) > 0)
                .toList();
        List<String> page = names.subList(0, Math.min(limit, names.size()));
        return ListTablesResponse.builder()
                .tableNames(page)
                .lastEvaluatedTableName(page.size() < names.size() ? page.getLast() : null)
                .build();
    }

    DeleteTableResponse delete(DeleteTableRequest request) {
        return DeleteTableResponse.builder()
                .tableDescription(tables.shown(tables.delete(request.tableName())))
                .build();
    }

    DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
        TimeToLive timeToLive = tables.require(request.tableName()).timeToLive();
        return DescribeTimeToLiveResponse.builder()
                .timeToLiveDescription(timeToLive.describe(tables.now()))
                .build();
    }

    UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
        tables.open(request.tableName());
        TimeToLive now = tables.require(request.tableName()).timeToLive();
        TimeToLiveSpecification asked = request.timeToLiveSpecification();
        refuseIf(now.isPassing(tables.now()), "Time to live has been modified multiple times within a fixed interval");
        refuseIf(
                now.attribute().isPresent() == asked.enabled(),
                () -> "TimeToLive is already " + (asked.enabled() ? "enabled" : "disabled"));
        now.attribute()
                .ifPresent(attribute -> refuseIf(
                        !attribute.equals(asked.attributeName()),
                        () -> "TimeToLive is active on a different AttributeName: current AttributeName is "
                                + attribute));
        tables.expire(request.tableName(), Optional.of(asked.attributeName()).filter(_ -> asked.enabled()));
        return UpdateTimeToLiveResponse.builder().timeToLiveSpecification(asked).build();
    }
}
