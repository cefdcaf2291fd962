package dev.resilient.cloud;

import dev.resilient.cloud.base.NotedWaiter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.waiters.AutoScalingWaiter;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.waiters.IamWaiter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.waiters.S3Waiter;

/** Services of which each waiter of the SDK comes to its end; EC2, which the SDK has more of, is in {@link WaitersTest}. */
class AllWaitersTest {
    private CloudWithClients cloud;

    @BeforeEach
    void start(@TempDir Path directory) {
        cloud = new CloudWithClients(directory);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void those_of_iam_end() {
        IamClient iam = cloud.iam;
        try (IamWaiter all = IamWaiter.builder()
                .client(iam)
                .overrideConfiguration(NotedWaiter.OFTEN)
                .build()) {
            NotedWaiter<IamWaiter> waiters = new NotedWaiter<>(IamWaiter.class, all);
            IamWaiter waiter = waiters.noted();
            cloud.createProfile("web");
            iam.createUser(request -> request.userName("ann"));
            String policy = iam.createPolicy(request -> request.policyName("look")
                            .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
                                    + " \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}"))
                    .policy()
                    .arn();

            waiter.waitUntilUserExists(request -> request.userName("ann"));
            waiter.waitUntilRoleExists(request -> request.roleName("web"));
            waiter.waitUntilInstanceProfileExists(request -> request.instanceProfileName("web"));
            waiter.waitUntilPolicyExists(request -> request.policyArn(policy));
            waiters.assertAllCalled();
        }
    }

    @Test
    void those_of_auto_scaling_end() {
        cloud.ec2.createLaunchTemplate(request -> request.launchTemplateName("web")
                .launchTemplateData(data -> data.imageId(cloud.image()).instanceType(InstanceType.T3_MICRO)));
        AutoScalingClient groups = cloud.client(AutoScalingClient.builder());
        try (AutoScalingWaiter all = AutoScalingWaiter.builder()
                .client(groups)
                .overrideConfiguration(NotedWaiter.OFTEN)
                .build()) {
            NotedWaiter<AutoScalingWaiter> waiters = new NotedWaiter<>(AutoScalingWaiter.class, all);
            AutoScalingWaiter waiter = waiters.noted();
            groups.createAutoScalingGroup(request -> request.autoScalingGroupName("web")
                    .minSize(1)
                    .maxSize(1)
                    .availabilityZones("us-west-2a")
                    .launchTemplate(template -> template.launchTemplateName("web")));

            waiter.waitUntilGroupExists(request -> request.autoScalingGroupNames("web"));
            waiter.waitUntilGroupInService(request -> request.autoScalingGroupNames("web"));
            groups.deleteAutoScalingGroup(
                    request -> request.autoScalingGroupName("web").forceDelete(true));
            waiter.waitUntilGroupNotExists(request -> request.autoScalingGroupNames("web"));
            waiters.assertAllCalled();
        }
    }

    @Test
    void those_of_dynamodb_end() {
        DynamoDbClient tables = cloud.client(DynamoDbClient.builder());
        try (DynamoDbWaiter all = DynamoDbWaiter.builder()
                .client(tables)
                .overrideConfiguration(NotedWaiter.OFTEN)
                .build()) {
            NotedWaiter<DynamoDbWaiter> waiters = new NotedWaiter<>(DynamoDbWaiter.class, all);
            DynamoDbWaiter waiter = waiters.noted();
            tables.createTable(request -> request.tableName("books")
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType("S")
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType("HASH")
                            .build())
                    .billingMode(BillingMode.PAY_PER_REQUEST));

            waiter.waitUntilTableExists(request -> request.tableName("books"));
            tables.deleteTable(request -> request.tableName("books"));
            waiter.waitUntilTableNotExists(request -> request.tableName("books"));
            waiters.assertAllCalled();
        }
    }

    @Test
    void those_of_s3_end() {
        S3Client buckets = cloud.client(S3Client.builder());
        try (S3Waiter all = S3Waiter.builder()
                .client(buckets)
                .overrideConfiguration(NotedWaiter.OFTEN)
                .build()) {
            NotedWaiter<S3Waiter> waiters = new NotedWaiter<>(S3Waiter.class, all);
            S3Waiter waiter = waiters.noted();
            buckets.createBucket(request ->
                    request.bucket("shelf").createBucketConfiguration(place -> place.locationConstraint("us-west-2")));
            buckets.putObject(request -> request.bucket("shelf").key("book"), RequestBody.fromString("text"));

            waiter.waitUntilBucketExists(request -> request.bucket("shelf"));
            waiter.waitUntilObjectExists(request -> request.bucket("shelf").key("book"));
            buckets.deleteObject(request -> request.bucket("shelf").key("book"));
            waiter.waitUntilObjectNotExists(request -> request.bucket("shelf").key("book"));
            buckets.deleteBucket(request -> request.bucket("shelf"));
            waiter.waitUntilBucketNotExists(request -> request.bucket("shelf"));
            waiters.assertAllCalled();
        }
    }
}
