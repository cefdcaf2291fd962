package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** DynamoDB: tables and their items. Thread-safe, and owns no thread. */
public final class DynamoDb implements AwsService {
    private final Tables tables;
    private final TableArns arns;

    /** The tables that the store has; the pace divides how long they are CREATING, UPDATING and DELETING. */
    public DynamoDb(CloudContext cloud) {
        this.tables = new Tables(cloud);
        this.arns = new TableArns(cloud.account());
    }

    @Override
    public ServiceModel model() {
        return new ServiceModel(
                "dynamodb",
                "software.amazon.awssdk.services.dynamodb.model",
                "2012-08-10",
                new ServiceModel.Protocol.Json("1.0", "DynamoDB_20120810", "com.amazonaws.dynamodb.v20120810"));
    }

    @Override
    public void register(OperationRegistry operations) {
        registerTables(operations);
        registerTags(operations);
        registerItems(operations);
        registerSearches(operations);
        registerBatches(operations);
        registerTransactions(operations);
    }

    private void registerTables(OperationRegistry operations) {
        TableOperations handlers = new TableOperations(tables);
        operations.register(
                CreateTableRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.create(request));
        operations.register(
                DescribeTableRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.describe(request));
        operations.register(ListTablesRequest.class, Access.anyResource(), (request, _) -> handlers.list(request));
        operations.register(
                UpdateTableRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.update(request));
        operations.register(
                DeleteTableRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.delete(request));
        operations.register(
                DescribeTimeToLiveRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.describeTimeToLive(request));
        operations.register(
                UpdateTimeToLiveRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.updateTimeToLive(request));
        operations.register(
                DescribeContinuousBackupsRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.describeContinuousBackups(request));
    }

    private void registerTags(OperationRegistry operations) {
        TableTags handlers = new TableTags(tables);
        operations.register(
                TagResourceRequest.class,
                Access.resource(TagResourceRequest::resourceArn),
                (request, _) -> handlers.tag(request));
        operations.register(
                UntagResourceRequest.class,
                Access.resource(UntagResourceRequest::resourceArn),
                (request, _) -> handlers.untag(request));
        operations.register(
                ListTagsOfResourceRequest.class,
                Access.resource(ListTagsOfResourceRequest::resourceArn),
                (request, _) -> handlers.list(request));
    }

    private void registerItems(OperationRegistry operations) {
        Items handlers = new Items(tables);
        ItemUpdates updates = new ItemUpdates(tables);
        operations.register(
                PutItemRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.put(request));
        operations.register(
                GetItemRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.get(request));
        operations.register(
                DeleteItemRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> handlers.delete(request));
        operations.register(
                UpdateItemRequest.class,
                Access.resource(request -> arns.arn(request.tableName())),
                (request, _) -> updates.update(request));
    }

    private void registerTransactions(OperationRegistry operations) {
        Transactions handlers = new Transactions(tables);
        operations.register(
                TransactWriteItemsRequest.class,
                request -> request.transactItems().stream().map(this::question).toList(),
                (request, _) -> handlers.write(request));
        operations.register(
                TransactGetItemsRequest.class,
                request -> request.transactItems().stream()
                        .map(item -> question("GetItem", item.get().tableName()))
                        .toList(),
                (request, _) -> handlers.get(request));
    }

    private Access.Question question(TransactWriteItem item) {
        if (item.put() != null) {
            return question("PutItem", item.put().tableName());
        }
        if (item.delete() != null) {
            return question("DeleteItem", item.delete().tableName());
        }
        return item.update() != null
                ? question("UpdateItem", item.update().tableName())
                : question(
                        "ConditionCheckItem",
                        item.conditionCheck() == null
                                ? "*"
                                : item.conditionCheck().tableName());
    }

    private Access.Question question(String action, String table) {
        return new Access.Question("dynamodb:" + action, arns.arn(table), Map.of());
    }

    private void registerSearches(OperationRegistry operations) {
        Searches handlers = new Searches(tables);
        operations.register(
                QueryRequest.class,
                Access.resource(request -> arns.arn(request.tableName(), request.indexName())),
                (request, _) -> handlers.query(request));
        operations.register(
                ScanRequest.class,
                Access.resource(request -> arns.arn(request.tableName(), request.indexName())),
                (request, _) -> handlers.scan(request));
    }

    private void registerBatches(OperationRegistry operations) {
        Batches handlers = new Batches(tables);
        operations.register(
                BatchGetItemRequest.class,
                Access.resources(request -> arnsOf(request.requestItems().keySet())),
                (request, _) -> handlers.get(request));
        operations.register(
                BatchWriteItemRequest.class,
                Access.resources(request -> arnsOf(request.requestItems().keySet())),
                (request, _) -> handlers.write(request));
    }

    private List<String> arnsOf(Set<String> tableNames) {
        return tableNames.stream().map(arns::arn).toList();
    }
}
