package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** What users may do whose policies have conditions, or who come to it by a detour. */
@SuppressWarnings("unchecked") // the SDK takes arrays of functions, which are never safe
class ConditionsOverTheWireTest {
    @TempDir
    private Path folder;

    private CloudWithClients cloud;
    private String image = "";
    private AwsBasicCredentials key = AwsBasicCredentials.create("none", "none");

    @BeforeEach
    void startCloud() {
        cloud = new CloudWithClients(folder);
        image = cloud.ssm
                .getParameter(request -> request.name("/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2"))
                .parameter()
                .value();
    }

    @AfterEach
    void stopCloud() {
        cloud.close();
    }

    /** A client of the user. */
    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C client(
            B builder) {
        return cloud.client(builder, key);
    }

    /** Makes the user, who may do what these statements say. */
    private void may(String... statements) {
        cloud.iam.createUser(request -> request.userName("user"));
        var created =
                cloud.iam.createAccessKey(request -> request.userName("user")).accessKey();
        key = AwsBasicCredentials.create(created.accessKeyId(), created.secretAccessKey());
        put(statements);
    }

    private void put(String... statements) {
        cloud.iam.putUserPolicy(request ->
                request.userName("user").policyName("all").policyDocument(document(String.join(",", statements))));
    }

    private static String document(String statements) {
        return ("{'Version': '2012-10-17', 'Statement': [" + statements + "]}").replace('\'', '"');
    }

    private static String allow(String... actions) {
        return "{'Effect': 'Allow', 'Action': ['" + String.join("', '", actions) + "'], 'Resource': '*'}";
    }

    private static String deny(String action, String condition) {
        return "{'Effect': 'Deny', 'Action': '" + action + "', 'Resource': '*', 'Condition': {" + condition + "}}";
    }

    private static void denied(ThrowingCallable call) {
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(call).satisfies(refused -> assertThat(
                        refused.awsErrorDetails().errorCode())
                .isIn("UnauthorizedOperation", "AccessDenied", "AccessDeniedException"));
    }

    private static void allowed(ThrowingCallable call) {
        assertThatCode(call).doesNotThrowAnyException();
    }

    private RunInstancesRequest.Builder launch(Tag... tags) {
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .imageId(image)
                .instanceType(InstanceType.T3_MICRO)
                .minCount(1)
                .maxCount(1);
        return tags.length == 0 ? request : request.tagSpecifications(tags(ResourceType.INSTANCE, tags));
    }

    private static TagSpecification tags(ResourceType type, Tag... tags) {
        return TagSpecification.builder().resourceType(type).tags(tags).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private String launched(RunInstancesRequest.Builder request) {
        return cloud.ec2.runInstances(request.build()).instances().getFirst().instanceId();
    }

    @Test
    void what_is_tagged_as_protected_is_protected_by_every_service() {
        String protect = "'StringEquals': {'%s/protected': 'yes'}";
        may(
                allow("*"),
                deny("ec2:*", protect.formatted("aws:ResourceTag")),
                deny("ssm:SendCommand", protect.formatted("ssm:resourceTag")),
                deny("ssm:DeleteParameter", protect.formatted("ssm:ResourceTag")),
                deny("autoscaling:*", protect.formatted("autoscaling:ResourceTag")),
                deny("elasticloadbalancing:*", protect.formatted("elasticloadbalancing:ResourceTag")),
                deny("dynamodb:DeleteTable", protect.formatted("aws:ResourceTag")),
                deny("iam:DeleteRole", protect.formatted("iam:ResourceTag")));

        Ec2Client ec2 = client(Ec2Client.builder());
        String kept = launched(launch(tag("protected", "yes")));
        String free = launched(launch(tag("protected", "no")));
        denied(() -> ec2.terminateInstances(request -> request.instanceIds(free, kept)));
        allowed(() -> ec2.terminateInstances(request -> request.instanceIds(free)));
        cloud.ec2.createKeyPair(request ->
                request.keyName("kept").tagSpecifications(tags(ResourceType.KEY_PAIR, tag("protected", "yes"))));
        denied(() -> ec2.deleteKeyPair(request -> request.keyName("kept")));
        String template = cloud.ec2
                .createLaunchTemplate(request -> request.launchTemplateName("kept")
                        .launchTemplateData(data -> data.imageId(image).instanceType(InstanceType.T3_MICRO))
                        .tagSpecifications(tags(ResourceType.LAUNCH_TEMPLATE, tag("protected", "yes"))))
                .launchTemplate()
                .launchTemplateId();
        denied(() -> ec2.deleteLaunchTemplate(request -> request.launchTemplateId(template)));
        denied(() -> ec2.deleteLaunchTemplate(request -> request.launchTemplateName("kept")));
        String group = cloud.ec2
                .createSecurityGroup(request -> request.groupName("kept")
                        .description("kept")
                        .tagSpecifications(tags(ResourceType.SECURITY_GROUP, tag("protected", "yes"))))
                .groupId();
        denied(() -> ec2.deleteSecurityGroup(request -> request.groupId(group)));
        denied(() -> ec2.deleteSecurityGroup(request -> request.groupName("kept")));

        SsmClient ssm = client(SsmClient.builder());
        cloud.ssm.putParameter(request -> request.name("/kept/one")
                .value("1")
                .type(ParameterType.STRING)
                .tags(tag -> tag.key("protected").value("yes")));
        denied(() -> ssm.deleteParameter(request -> request.name("/kept/one")));
        denied(() -> ssm.sendCommand(request -> request.documentName("AWS-RunShellScript")
                .instanceIds(kept)
                .parameters(Map.of("commands", List.of("true")))));

        cloud.client(AutoScalingClient.builder()).createAutoScalingGroup(request -> request.autoScalingGroupName("kept")
                .launchTemplate(named -> named.launchTemplateName("kept"))
                .minSize(0)
                .maxSize(0)
                .availabilityZones("us-west-2a")
                .tags(tag -> tag.key("protected").value("yes").propagateAtLaunch(false)));
        denied(() -> client(AutoScalingClient.builder())
                .deleteAutoScalingGroup(request -> request.autoScalingGroupName("kept")));

        String targets = cloud.client(ElasticLoadBalancingV2Client.builder())
                .createTargetGroup(request -> request.name("kept")
                        .protocol("HTTP")
                        .port(80)
                        .vpcId(cloud.ec2.describeVpcs().vpcs().getFirst().vpcId())
                        .tags(tag -> tag.key("protected").value("yes")))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        denied(() -> client(ElasticLoadBalancingV2Client.builder())
                .deleteTargetGroup(request -> request.targetGroupArn(targets)));
    }

    @Test
    void what_is_made_must_have_the_tags_that_are_asked_for() {
        may(
                allow("*"),
                deny("ec2:RunInstances", "'Null': {'aws:RequestTag/owner': 'true'}"),
                deny("ec2:CreateTags", "'ForAnyValue:StringEquals': {'aws:TagKeys': ['owner']}"),
                deny("ssm:PutParameter", "'StringNotEquals': {'aws:RequestTag/owner': 'me'}"),
                deny("iam:CreateRole", "'ForAllValues:StringNotEquals': {'aws:TagKeys': 'owner'}"));
        Ec2Client ec2 = client(Ec2Client.builder());

        denied(() -> ec2.runInstances(launch().build()));
        denied(() -> ec2.runInstances(launch().tagSpecifications(tags(ResourceType.VOLUME, tag("owner", "me")))
                .build()));
        String id = ec2.runInstances(launch(tag("owner", "me")).build())
                .instances()
                .getFirst()
                .instanceId();
        denied(() -> ec2.createTags(request -> request.resources(id).tags(tag("owner", "you"))));
        allowed(() -> ec2.createTags(request -> request.resources(id).tags(tag("stage", "test"))));
        SsmClient ssm = client(SsmClient.builder());
        denied(() ->
                ssm.putParameter(request -> request.name("tagged").value("1").type(ParameterType.STRING)));
        allowed(() -> ssm.putParameter(request -> request.name("tagged")
                .value("1")
                .type(ParameterType.STRING)
                .tags(tag -> tag.key("owner").value("me"))));
        denied(() -> client(IamClient.builder())
                .createRole(request -> request.roleName("untagged").assumeRolePolicyDocument("{}")));
    }

    @Test
    void the_policy_that_is_attached_is_a_condition_and_one_that_is_looked_at_is_none() {
        String readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        may(allow("iam:*")
                .replace(
                        "'*'}",
                        "'*', 'Condition': {'ArnLike': {'iam:PolicyARN': 'arn:aws:iam::aws:policy/Amazon*'}}}"));
        IamClient iam = client(IamClient.builder());
        String some = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

        allowed(() -> iam.attachUserPolicy(request -> request.userName("user").policyArn(some)));
        denied(() -> iam.attachUserPolicy(request -> request.userName("user").policyArn(readOnly)));
        denied(() -> iam.getPolicy(request -> request.policyArn(some)));
    }

    @Test
    void the_type_of_an_instance_counts_wherever_it_is_said() {
        may(allow("*"), deny("ec2:*", "'StringEquals': {'ec2:InstanceType': 't3.small'}"));
        Ec2Client ec2 = client(Ec2Client.builder());
        cloud.ec2.createLaunchTemplate(request -> request.launchTemplateName("small")
                .launchTemplateData(data -> data.imageId(image).instanceType(InstanceType.T3_SMALL)));

        denied(() ->
                ec2.runInstances(launch().instanceType(InstanceType.T3_SMALL).build()));
        denied(() -> ec2.runInstances(request -> request.launchTemplate(named -> named.launchTemplateName("small"))
                .minCount(1)
                .maxCount(1)));
        String small = launched(launch().instanceType(InstanceType.T3_SMALL));
        denied(() -> ec2.terminateInstances(request -> request.instanceIds(small)));
        allowed(() -> ec2.runInstances(launch().build()));
    }

    @Test
    void every_request_has_the_keys_of_every_request() {
        may(allow("*"));
        Ec2Client ec2 = client(Ec2Client.builder());
        allowed(() -> ec2.describeVpcs());

        for (String condition : List.of(
                "'StringEquals': {'aws:RequestedRegion': 'us-west-2'}",
                "'StringEquals': {'ec2:Region': 'us-west-2'}",
                "'IpAddress': {'aws:SourceIp': '127.0.0.0/8'}",
                "'StringEquals': {'aws:PrincipalAccount': '123456789012', 'aws:PrincipalType': 'User'}",
                "'StringEquals': {'aws:username': 'user'}",
                "'Bool': {'aws:ViaAWSService': 'false'}",
                "'StringLike': {'aws:UserAgent': '*aws-sdk-java*'}",
                "'StringEquals': {'aws:ResourceAccount': '123456789012'}",
                "'StringLike': {'aws:userid': 'AIDA*'}")) {
            put(allow("*"), deny("ec2:*", condition));
            denied(() -> ec2.describeVpcs());
        }
        put(allow("*"), deny("*", "'StringNotEquals': {'aws:RequestedRegion': 'us-west-2'}"));
        allowed(() -> ec2.describeVpcs());
        denied(() -> client(IamClient.builder()).listUsers());
    }

    @Test
    void whose_items_are_read_and_written_is_a_matter_of_their_leading_keys() {
        DynamoDbClient all = cloud.client(DynamoDbClient.builder());
        all.createTable(request -> request.tableName("scores")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        user -> user.attributeName("user").attributeType(ScalarAttributeType.S),
                        game -> game.attributeName("game").attributeType(ScalarAttributeType.N))
                .keySchema(user -> user.attributeName("user").keyType(KeyType.HASH), game -> game.attributeName("game")
                        .keyType(KeyType.RANGE)));
        all.waiter().waitUntilTableExists(request -> request.tableName("scores"));
        may(allow("dynamodb:*"), deny("dynamodb:*", "'ForAnyValue:StringNotEquals': {'dynamodb:LeadingKeys': ['me']}"));
        DynamoDbClient mine = client(DynamoDbClient.builder());

        allowed(() -> mine.putItem(request -> request.tableName("scores").item(key("me"))));
        denied(() -> mine.putItem(request -> request.tableName("scores").item(key("you"))));
        allowed(() -> mine.getItem(request -> request.tableName("scores").key(key("me"))));
        denied(() -> mine.getItem(request -> request.tableName("scores").key(key("you"))));
        denied(() -> mine.deleteItem(request -> request.tableName("scores").key(key("you"))));
        for (String whose : List.of("me", "you")) {
            ThrowingCallable query = () -> mine.query(request -> request.tableName("scores")
                    .keyConditionExpression("game > :zero AND #user = :user")
                    .expressionAttributeNames(Map.of("#user", "user"))
                    .expressionAttributeValues(
                            Map.of(":user", AttributeValue.fromS(whose), ":zero", AttributeValue.fromN("0"))));
            if (whose.equals("me")) {
                allowed(query);
            } else {
                denied(query);
            }
        }
        KeysAndAttributes both =
                KeysAndAttributes.builder().keys(key("me"), key("you")).build();
        denied(() -> mine.batchGetItem(request -> request.requestItems(Map.of("scores", both))));
        denied(() -> mine.batchWriteItem(request -> request.requestItems(Map.of(
                "scores",
                List.of(WriteRequest.builder()
                        .putRequest(put -> put.item(key("you")))
                        .build())))));
    }

    @Test
    void what_may_be_listed_is_a_matter_of_the_prefix() {
        cloud.client(S3Client.builder()).createBucket(request -> request.bucket("homes"));
        may(
                allow("s3:*", "ssm:*"),
                deny("s3:ListBucket", "'StringNotLike': {'s3:prefix': ['me/*']}"),
                deny("s3:ListBucket", "'NumericGreaterThan': {'s3:max-keys': '10'}"),
                deny("ssm:PutParameter", "'Bool': {'ssm:Overwrite': 'true'}"));
        S3Client s3 = client(S3Client.builder());

        allowed(() -> s3.listObjectsV2(request -> request.bucket("homes").prefix("me/")));
        denied(() -> s3.listObjectsV2(request -> request.bucket("homes").prefix("you/")));
        denied(() -> s3.listObjects(request -> request.bucket("homes")));
        denied(() -> s3.listObjectsV2(
                request -> request.bucket("homes").prefix("me/").maxKeys(11)));
        SsmClient ssm = client(SsmClient.builder());
        allowed(() ->
                ssm.putParameter(request -> request.name("once").value("1").type(ParameterType.STRING)));
        denied(() -> ssm.putParameter(request -> request.name("once").value("2").overwrite(true)));
    }

    @Test
    void a_policy_that_needs_a_key_which_no_request_has_is_refused() {
        may(allow("s3:*"));

        for (String statement : List.of(
                deny("ec2:RunInstances", "'StringNotEqualsIfExists': {'ec2:Vpc': 'arn:aws:ec2:*'}"),
                allow("*").replace("'*'}", "'*', 'Condition': {'StringEquals': {'iam:AWSServiceName': 'x'}}}"),
                deny("*", "'Bool': {'aws:MultiFactorAuthPresent': 'false'}"),
                deny("*", "'StringEquals': {'aws:SourceVpce': 'vpce-1', 'kms:ViaService': 's3'}"),
                deny("s3:PutObject", "'StringNotEquals': {'s3:x-amz-server-side-encryption': 'aws:kms'}"))) {
            allowed(() -> put(statement));
        }
        for (String statement : List.of(
                deny("ec2:RunInstances", "'StringEquals': {'ec2:MetadataHttpTokens': 'optional'}"),
                allow("*").replace("'*'}", "'*', 'Condition': {'Null': {'ec2:MetadataHttpTokens': 'true'}}}"),
                allow("*")
                        .replace(
                                "'*'}",
                                "'*', 'Condition': {'ForAllValues:StringEquals': {'dynamodb:Attributes': 'a'}}}"))) {
            assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> put(statement))
                    .withMessageContaining("is not supported by this local cloud")
                    .satisfies(refused ->
                            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicyDocument"));
        }
    }

    @Test
    void a_group_launches_nothing_that_its_maker_may_not_launch() {
        cloud.createProfile("mighty", "arn:aws:iam::aws:policy/AdministratorAccess");
        String template = cloud.ec2
                .createLaunchTemplate(
                        request -> request.launchTemplateName("mighty").launchTemplateData(data -> data.imageId(image)
                                .instanceType(InstanceType.T3_MICRO)
                                .iamInstanceProfile(profile -> profile.name("mighty"))))
                .launchTemplate()
                .launchTemplateId();
        may(allow("autoscaling:*"));
        AutoScalingClient autoScaling = client(AutoScalingClient.builder());
        ThrowingCallable create = () -> autoScaling.createAutoScalingGroup(request -> request.autoScalingGroupName("m")
                .launchTemplate(named -> named.launchTemplateName("mighty"))
                .minSize(0)
                .maxSize(0)
                .availabilityZones("us-west-2a"));
        String message = "You are not authorized to use launch template: " + template;

        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(create)
                .withMessageContaining(message)
                .satisfies(refused ->
                        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        put(allow("autoscaling:*", "ec2:RunInstances"));
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(create).withMessageContaining(message);
        put(allow("autoscaling:*", "iam:PassRole"));
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(create).withMessageContaining(message);
        put(allow("autoscaling:*", "iam:PassRole", "ec2:RunInstances"));
        allowed(create);

        put(allow("autoscaling:*"));
        denied(() -> autoScaling.updateAutoScalingGroup(request ->
                request.autoScalingGroupName("m").launchTemplate(named -> named.launchTemplateId(template))));
        denied(() -> autoScaling.startInstanceRefresh(request -> request.autoScalingGroupName("m")
                .desiredConfiguration(desired -> desired.launchTemplate(
                        named -> named.launchTemplateId(template).version("1")))));
        allowed(() -> autoScaling.updateAutoScalingGroup(
                request -> request.autoScalingGroupName("m").defaultCooldown(1)));
    }

    @Test
    void s3_tells_whoever_may_not_know_only_what_is_no_secret() {
        S3Client all = cloud.client(S3Client.builder());
        all.createBucket(request -> request.bucket("secrets"));
        for (String name : List.of("open/a", "closed/b")) {
            all.putObject(request -> request.bucket("secrets").key(name), RequestBody.fromString("x"));
        }
        may(
                allow("s3:GetObject"),
                "{'Effect': 'Allow', 'Action': 's3:DeleteObject', 'Resource': 'arn:aws:s3:::secrets/open/*'}");
        S3Client s3 = client(S3Client.builder());

        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(
                        () -> s3.getObject(request -> request.bucket("secrets").key("none")))
                .withMessageContaining("is not authorized to perform: s3:ListBucket on resource:"
                        + " \"arn:aws:s3:::secrets\" because no identity-based policy allows the s3:ListBucket action");
        assertStatus(
                403, () -> s3.headObject(request -> request.bucket("secrets").key("none")));
        assertStatus(
                404, () -> all.headObject(request -> request.bucket("secrets").key("none")));
        allowed(() -> s3.headObject(request -> request.bucket("secrets").key("open/a")));
        assertStatus(404, () -> s3.listObjectsV2(request -> request.bucket("no-secrets")));
        assertStatus(
                404, () -> s3.getObject(request -> request.bucket("no-secrets").key("none")));
        assertStatus(403, () -> s3.listObjectsV2(request -> request.bucket("secrets")));
        var answer = s3.deleteObjects(request -> request.bucket("secrets")
                .delete(Delete.builder()
                        .objects(
                                ObjectIdentifier.builder().key("open/a").build(),
                                ObjectIdentifier.builder().key("closed/b").build())
                        .build()));
        assertThat(answer.deleted()).extracting(deleted -> deleted.key()).containsExactly("open/a");
        assertThat(answer.errors())
                .extracting(S3Error::key, S3Error::code)
                .containsExactly(tuple("closed/b", "AccessDenied"));
        assertThat(all.listObjectsV2(request -> request.bucket("secrets")).keyCount())
                .isEqualTo(1);
    }

    private static void assertStatus(int status, ThrowingCallable call) {
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(status));
    }

    @Test
    void whoever_may_not_list_tables_hears_which() {
        may(allow("s3:*"));

        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> client(DynamoDbClient.builder()).listTables())
                .withMessageContaining(
                        "dynamodb:ListTables on resource: arn:aws:dynamodb:us-west-2:123456789012:table/* because");
    }

    private static Map<String, AttributeValue> key(String user) {
        return Map.of("user", AttributeValue.fromS(user), "game", AttributeValue.fromN("1"));
    }
}
