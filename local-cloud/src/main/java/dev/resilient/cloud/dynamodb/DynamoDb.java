package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.identity.ResourceKeys;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** DynamoDB: tables and their items. Thread-safe, and owns no thread. */
public final class DynamoDb implements AwsService, ResourceKeys {
    private final Tables tables;
    private final TableArns arns;

    /** The tables that the store has; the pace divides how long they are CREATING and DELETING. */
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
    public Map<String, List<String>> keysOf(String arn, SdkPojo request) {
        return tables.find(arn)
                .map(table -> {
                    Map<String, List<String>> keys = ResourceKeys.tagged(table.tags());
                    keys.put("LeadingKeys", new LeadingKeys(table).of(request));
                    return keys;
                })
                .orElse(Map.of());
    }

    @Override
    public void register(OperationRegistry operations) {
        Access<AwsRequest> table = Access.named("TableName", arns::arn);
        Access<AwsRequest> tagged = Access.named("ResourceArn");
        Access<AwsRequest> several = Access.named("RequestItems", arns::arn);
        TableOperations descriptions = new TableOperations(tables);
        operations.on(CreateTableRequest.class, table, descriptions::create);
        operations.on(DescribeTableRequest.class, table, descriptions::describe);
        operations.on(ListTablesRequest.class, Access.resource(_ -> arns.arn("*")), descriptions::list);
        operations.on(DeleteTableRequest.class, table, descriptions::delete);
        operations.on(DescribeTimeToLiveRequest.class, table, descriptions::describeTimeToLive);
        operations.on(UpdateTimeToLiveRequest.class, table, descriptions::updateTimeToLive);
        TableTags tags = new TableTags(tables);
        operations.act(TagResourceRequest.class, tagged, tags::tag);
        operations.act(UntagResourceRequest.class, tagged, tags::untag);
        operations.on(ListTagsOfResourceRequest.class, tagged, tags::list);
        Items items = new Items(tables);
        operations.on(PutItemRequest.class, table, items::put);
        operations.on(GetItemRequest.class, table, items::get);
        operations.on(DeleteItemRequest.class, table, items::delete);
        operations.on(UpdateItemRequest.class, table, items::update);
        Searches searches = new Searches(tables);
        operations.on(QueryRequest.class, table, searches::query);
        operations.on(ScanRequest.class, table, searches::scan);
        Batches batches = new Batches(tables);
        operations.on(BatchGetItemRequest.class, several, batches::get);
        operations.on(BatchWriteItemRequest.class, several, batches::write);
    }
}
